package org.bitcoinwatchdog.alerts.pipeline;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.Reason;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;

/** The path of an alert: route, group; then, on the sink's own thread, inhibit, silence, deduplicate, deliver, remember. */
final class Pipeline {
    private final Router router;
    private final Mutes mutes;
    private final List<Receiver> receivers;
    private final NotificationLog memory;
    private final Delivery delivery;
    private final Clock clock;
    private final Optional<URI> externalUrl;
    private final Duration forgetEndedAfter;
    private final FlapHold flapHold;
    private final AlertMeters meters;

    Pipeline(Router router, Mutes mutes, List<Receiver> receivers, NotificationLog memory, Delivery delivery, Clock clock,
            AlertSettings settings, AlertMeters meters) {
        this.router = router;
        this.mutes = mutes;
        this.receivers = List.copyOf(receivers);
        this.memory = memory;
        this.delivery = delivery;
        this.clock = clock;
        this.externalUrl = settings.externalUrl();
        this.forgetEndedAfter = settings.forgetEndedAfter();
        this.flapHold = new FlapHold(settings.flapHold());
        this.meters = meters;
    }

    /**
     * An alert has a new state: it goes to the queue of each sink that is to hear of it.
     *
     * @param history whether everything up to this state was settled before this worker began
     */
    void accept(AlertRecord record, boolean history) {
        Map<String, Route> routes = router.routes(record.alert());
        meters.routed(routes.isEmpty());
        for (Receiver receiver : receivers) {
            Optional<NotificationLogEntry> last = memory.of(receiver.name(), record);
            boolean told = last.map(NotificationLogEntry::told).orElse(false);
            Route route = routes.getOrDefault(receiver.name(), told ? Route.OF_THE_TOLD : null);
            if (route == null) {
                receiver.queue().forget(record.fingerprint());
                continue;
            }
            GroupKey group = GroupKey.of(route, record.alert(), receiver.sink().takesGroups());
            Timing timing = receiver.timing(route);
            boolean acknowledged = history || last.map(known -> !known.isOlderThan(record)).orElse(false)
                    || !told && isLongOver(record.alert(), record.writtenAt());
            receiver.queue().put(group, timing,
                    new QueuedState(record, acknowledged, told, isNewPage(receiver, record), flapHold.until(record, last)));
        }
    }

    /** A group's time has come: what is not hidden and is news to the sink is delivered, and remembered. */
    void flush(Receiver receiver, Flush due) {
        Instant now = clock.instant();
        MuteResult muted = MuteResult.all(due.states())
                .hide(mutes::inhibited)
                .hide(alert -> mutes.silenced(alert, now));
        meters.hidden(receiver.name(), due.states().size() - muted.states().size());
        Batch batch = deduplicate(receiver, due.timing(), muted, now);
        if (batch.news().isEmpty()) {
            receiver.queue().acknowledge(due, false, muted.hidden(), lookAgain(receiver, due.timing(), muted));
            return;
        }
        List<BatchEntry> told = batch.next();
        Notification notification = new Notification(BatchEntry.id(told), receiver.name(), due.key().text(), due.key().labels(),
                told.stream().map(BatchEntry::notified).toList(), batch.size() - told.size(), externalUrl);
        Delivery.Result result = delivery.attempt(receiver.sink(), notification, due);
        if (result.retryAt().isPresent()) {
            result.pauseUntil().ifPresent(receiver.queue()::pause);
            receiver.queue().postpone(due, result.retryAt().get());
            return;
        }
        memory.remember(receiver.name(), remembered(told, due.timing(), result.delivered()));
        receiver.queue().acknowledge(due.without(batch.later()), batch.later().isEmpty(), muted.hidden(),
                lookAgain(receiver, due.timing(), muted));
    }

    private Batch deduplicate(Receiver receiver, Timing timing, MuteResult muted, Instant now) {
        List<BatchEntry> news = new ArrayList<>();
        List<BatchEntry> context = new ArrayList<>();
        for (AlertRecord state : muted.states()) {
            Optional<NotificationLogEntry> last = memory.of(receiver.name(), state);
            Optional<Reason> reason = Deduplication.reason(state, last, timing.repeat(), now);
            if (reason.isPresent()) {
                news.add(new BatchEntry(state, reason.get(), last));
            } else if (state.alert().firing() && last.map(NotificationLogEntry::told).orElse(false)) {
                context.add(new BatchEntry(state, Reason.COMPANY, last));
            }
        }
        return new Batch(news, context);
    }

    /** What only stood beside the news is remembered when its reminder is half due: a large group changes all the time. */
    private Map<AlertRecord, NotificationLogEntry> remembered(List<BatchEntry> batch, Timing timing, boolean delivered) {
        Instant now = clock.instant();
        Map<AlertRecord, NotificationLogEntry> remembered = new LinkedHashMap<>();
        for (BatchEntry change : batch) {
            if (delivered && (change.isNews() || change.isOlderThanHalf(timing.repeat(), now))) {
                remembered.put(change.record(), NotificationLogEntry.delivered(change.record(), flaps(change), now));
            } else if (!delivered && change.isNews()) {
                remembered.put(change.record(), NotificationLogEntry.undeliverable(change.record(), change.told(), flaps(change), now));
            }
        }
        return remembered;
    }

    private boolean flaps(BatchEntry change) {
        return flapHold.flaps(change.record(), change.last());
    }

    /** When the first of the group's firing alerts is to be told again, or a silence ends that hides one of them. */
    private Optional<Instant> lookAgain(Receiver receiver, Timing timing, MuteResult muted) {
        return Stream.concat(reminder(receiver, timing, muted).stream(), muted.until().stream()).min(Instant::compareTo);
    }

    private Optional<Instant> reminder(Receiver receiver, Timing timing, MuteResult muted) {
        return timing.repeat().flatMap(repeat -> muted.states().stream()
                .filter(state -> state.alert().firing())
                .flatMap(state -> memory.of(receiver.name(), state).filter(last -> last.sameState(state.alert())).stream())
                .map(remembered -> remembered.at().plus(repeat))
                .min(Instant::compareTo));
    }

    /** What began and ended unheard so long ago is nobody's news: it is how a new worker finds an old topic. */
    private boolean isLongOver(Alert alert, Instant writtenAt) {
        return !alert.firing() && writtenAt.isBefore(clock.instant().minus(forgetEndedAfter));
    }

    private boolean isNewPage(Receiver receiver, AlertRecord record) {
        return record.alert().firing() && record.alert().severity() == Severity.PAGE
                && Deduplication.reason(record, memory.of(receiver.name(), record), Optional.empty(), clock.instant())
                        .isPresent();
    }
}
