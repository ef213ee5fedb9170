package org.bitcoinwatchdog.alerts.pipeline;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.pipeline.Mailbox.QueuedState;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;

/**
 * The path of an alert, in two methods. {@link #accept} routes and groups it on the reader's thread. {@link #flush} decides,
 * delivers and logs on the thread of the sink.
 */
public final class Pipeline {
    private final Router router;
    private final Mutes mutes;
    private final List<Receiver> receivers;
    private final NotificationLog log;
    private final Delivery delivery;
    private final Clock clock;
    private final Optional<URI> externalUrl;
    private final Duration forgetEndedAfter;
    private final FlapHold flapHold;
    private final AlertMeters meters;

    public Pipeline(AlertSettings settings, Receivers receivers, Mutes mutes, NotificationLog log, Delivery delivery,
            AlertMeters meters, Clock clock) {
        this(settings, Router.of(settings.routes(), settings.sinkNames()), receivers.all(), mutes, log, delivery, meters, clock);
    }

    Pipeline(AlertSettings settings, Router router, List<Receiver> receivers, Mutes mutes, NotificationLog log, Delivery delivery,
            AlertMeters meters, Clock clock) {
        this.router = router;
        this.mutes = mutes;
        this.receivers = List.copyOf(receivers);
        this.log = log;
        this.delivery = delivery;
        this.clock = clock;
        this.externalUrl = settings.externalUrl();
        this.forgetEndedAfter = settings.forgetEndedAfter();
        this.flapHold = new FlapHold(settings.flapHold());
        this.meters = meters;
    }

    /**
     * An alert has a new state. It goes into the queue of each sink that may have to notify people of it.
     *
     * @param history an earlier owner of the partition has notified every sink of everything up to this state
     */
    public void accept(AlertRecord record, boolean history) {
        Instant now = clock.instant();
        Map<String, Route> routes = router.routes(record.alert());
        meters.routed(routes.isEmpty());
        for (Receiver receiver : receivers) {
            Optional<NotificationLogEntry> last = log.of(receiver.name(), record);
            Optional<Route> route = Optional.ofNullable(routes.get(receiver.name()));
            Instant heldUntil = flapHold.until(record, last);
            Optional<NotificationReason> reason = Deduplication.reason(record, last, Optional.empty(), now);
            Decision decision = Decision.of(flags(record, last, route.isPresent(), reason, false, heldUntil.isAfter(now)));
            if (decision == Decision.FORGET) {
                receiver.queue().forget(record.fingerprint());
                continue;
            }
            Route taken = route.orElse(Route.OF_THE_NOTIFIED);
            receiver.queue().put(GroupKey.of(taken, record.alert(), receiver.sink().takesGroups()), receiver.timing(taken),
                    new QueuedState(record, decision, replaces(record, history, last, now), wasNotified(last), heldUntil));
        }
    }

    /** A group is due: people are notified of its news, and the log keeps what they were notified of. */
    void flush(Receiver receiver, Flush due) {
        Batch batch = decide(receiver, due, clock.instant());
        meters.muted(receiver.name(), batch.muted());
        if (batch.news().isEmpty()) {
            receiver.queue().acknowledge(due, false, batch.muted() > 0, lookAgain(receiver, due.timing(), batch));
            return;
        }
        List<BatchEntry> sent = batch.next();
        Notification notification = new Notification(BatchEntry.id(sent), receiver.name(), due.key().text(), due.key().labels(),
                sent.stream().map(BatchEntry::toNotify).toList(), batch.size() - sent.size(), externalUrl);
        Delivery.AttemptResult result = delivery.attempt(receiver.sink(), notification, due);
        if (result.retryAt().isPresent()) {
            result.pauseUntil().ifPresent(receiver.queue()::pause);
            receiver.queue().postpone(due, result.retryAt().get());
            return;
        }
        log.remember(receiver.name(), entries(sent, due.timing(), result.delivered()));
        receiver.queue().acknowledge(due.without(batch.later()), batch.later().isEmpty(), batch.muted() > 0,
                lookAgain(receiver, due.timing(), batch));
    }

    private Batch decide(Receiver receiver, Flush due, Instant now) {
        Batch batch = new Batch();
        for (AlertRecord state : due.states()) {
            Optional<NotificationLogEntry> last = log.of(receiver.name(), state);
            Optional<Instant> mutedUntil = mutes.mutedUntil(state.alert(), now);
            Optional<NotificationReason> reason = Deduplication.reason(state, last, due.timing().repeat(), now);
            Decision decision = Decision.of(flags(state, last, true, reason, mutedUntil.isPresent(), false));
            batch.add(new BatchEntry(state, reason.orElse(NotificationReason.CONTEXT), last), decision, mutedUntil);
        }
        return batch;
    }

    private static Decision.Flags flags(AlertRecord record, Optional<NotificationLogEntry> last, boolean routed,
            Optional<NotificationReason> reason, boolean muted, boolean held) {
        Alert alert = record.alert();
        return new Decision.Flags(routed, wasNotified(last), alert.firing(), muted, reason.isPresent(),
                alert.severity() == Severity.PAGE, held);
    }

    private static boolean wasNotified(Optional<NotificationLogEntry> last) {
        return last.map(NotificationLogEntry::notified).orElse(false);
    }

    /**
     * Whether the state takes the place of the alert's earlier states, which need no notification any more: they are
     * history, or the log has a later one, or they are so old that people are not notified of them. A new worker finds
     * such old alerts in an old topic.
     */
    private boolean replaces(AlertRecord record, boolean history, Optional<NotificationLogEntry> last, Instant now) {
        boolean logged = last.isPresent() && !last.get().isOlderThan(record);
        boolean endedLongAgo = !record.alert().firing() && record.writtenAt().isBefore(now.minus(forgetEndedAfter));
        return history || logged || endedLongAgo && !wasNotified(last);
    }

    /** Context is logged only when half of the time to its reminder is over: a large group changes all the time. */
    private Map<AlertRecord, NotificationLogEntry> entries(List<BatchEntry> sent, Timing timing, boolean delivered) {
        Instant now = clock.instant();
        Map<AlertRecord, NotificationLogEntry> entries = new LinkedHashMap<>();
        for (BatchEntry entry : sent) {
            boolean flaps = flapHold.flaps(entry.record(), entry.last());
            if (delivered && (entry.isNews() || entry.isOlderThanHalf(timing.repeat(), now))) {
                entries.put(entry.record(), NotificationLogEntry.delivered(entry.record(), flaps, now));
            } else if (!delivered && entry.isNews()) {
                entries.put(entry.record(),
                        NotificationLogEntry.undeliverable(entry.record(), entry.wasNotified(), flaps, now));
            }
        }
        return entries;
    }

    /** When the first reminder of the group is due, or when time ends the first mute. */
    private Optional<Instant> lookAgain(Receiver receiver, Timing timing, Batch batch) {
        Optional<Instant> reminder = timing.repeat().flatMap(repeat -> batch.firing().stream()
                .flatMap(state -> log.of(receiver.name(), state).filter(last -> last.sameState(state.alert())).stream())
                .map(last -> last.at().plus(repeat))
                .min(Instant::compareTo));
        return Stream.concat(reminder.stream(), batch.mutedUntil().stream()).min(Instant::compareTo);
    }
}
