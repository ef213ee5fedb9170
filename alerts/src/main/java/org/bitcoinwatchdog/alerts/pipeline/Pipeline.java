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
    private final Hiding hiding;
    private final List<Line> lines;
    private final Memory memory;
    private final Delivery delivery;
    private final Clock clock;
    private final Optional<URI> externalUrl;
    private final Duration forgetEndedAfter;
    private final FlapHold flapHold;
    private final AlertMeters meters;

    Pipeline(Router router, Hiding hiding, List<Line> lines, Memory memory, Delivery delivery, Clock clock,
            AlertSettings settings, AlertMeters meters) {
        this.router = router;
        this.hiding = hiding;
        this.lines = List.copyOf(lines);
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
        for (Line line : lines) {
            Optional<Remembered> last = memory.of(line.name(), record);
            boolean told = last.map(Remembered::told).orElse(false);
            Route route = routes.getOrDefault(line.name(), told ? Route.OF_THE_TOLD : null);
            if (route == null) {
                line.queue().forget(record.fingerprint());
                continue;
            }
            GroupKey group = GroupKey.of(route, record.alert(), line.sink().takesGroups());
            Timing timing = line.timing(route);
            boolean settled = history || last.map(known -> !known.isOlderThan(record)).orElse(false)
                    || !told && isLongOver(record.alert(), record.writtenAt());
            line.queue().put(group, timing,
                    new News(record, settled, told, isNewPage(line, record), flapHold.until(record, last)));
        }
    }

    /** A group's time has come: what is not hidden and is news to the sink is delivered, and remembered. */
    void attend(Line line, DueGroup due) {
        Instant now = clock.instant();
        Visible visible = Visible.all(due.states())
                .hide(hiding::inhibited)
                .hide(alert -> hiding.silenced(alert, now));
        meters.hidden(line.name(), due.states().size() - visible.states().size());
        Changes changes = deduplicate(line, due.timing(), visible, now);
        if (changes.news().isEmpty()) {
            line.queue().settle(due, false, visible.hidden(), lookAgain(line, due.timing(), visible));
            return;
        }
        List<Change> told = changes.next();
        Notification notification = new Notification(Change.id(told), line.name(), due.key().text(), due.key().labels(),
                told.stream().map(Change::notified).toList(), changes.size() - told.size(), externalUrl);
        Delivery.Result result = delivery.attempt(line.sink(), notification, due);
        if (result.retryAt().isPresent()) {
            result.pauseUntil().ifPresent(line.queue()::pause);
            line.queue().postpone(due, result.retryAt().get());
            return;
        }
        memory.remember(line.name(), remembered(told, due.timing(), result.delivered()));
        line.queue().settle(due.without(changes.later()), changes.later().isEmpty(), visible.hidden(),
                lookAgain(line, due.timing(), visible));
    }

    private Changes deduplicate(Line line, Timing timing, Visible visible, Instant now) {
        List<Change> news = new ArrayList<>();
        List<Change> company = new ArrayList<>();
        for (AlertRecord state : visible.states()) {
            Optional<Remembered> last = memory.of(line.name(), state);
            Optional<Reason> reason = Deduplication.reason(state, last, timing.repeat(), now);
            if (reason.isPresent()) {
                news.add(new Change(state, reason.get(), last));
            } else if (state.alert().firing() && last.map(Remembered::told).orElse(false)) {
                company.add(new Change(state, Reason.COMPANY, last));
            }
        }
        return new Changes(news, company);
    }

    /** What only stood beside the news is remembered when its reminder is half due: a large group changes all the time. */
    private Map<AlertRecord, Remembered> remembered(List<Change> changes, Timing timing, boolean delivered) {
        Instant now = clock.instant();
        Map<AlertRecord, Remembered> remembered = new LinkedHashMap<>();
        for (Change change : changes) {
            if (delivered && (change.isNews() || change.isOlderThanHalf(timing.repeat(), now))) {
                remembered.put(change.record(), Remembered.delivered(change.record(), flaps(change), now));
            } else if (!delivered && change.isNews()) {
                remembered.put(change.record(), Remembered.undeliverable(change.record(), change.told(), flaps(change), now));
            }
        }
        return remembered;
    }

    private boolean flaps(Change change) {
        return flapHold.flaps(change.record(), change.last());
    }

    /** When the first of the group's firing alerts is to be told again, or a silence ends that hides one of them. */
    private Optional<Instant> lookAgain(Line line, Timing timing, Visible visible) {
        return Stream.concat(reminder(line, timing, visible).stream(), visible.until().stream()).min(Instant::compareTo);
    }

    private Optional<Instant> reminder(Line line, Timing timing, Visible visible) {
        return timing.repeat().flatMap(repeat -> visible.states().stream()
                .filter(state -> state.alert().firing())
                .flatMap(state -> memory.of(line.name(), state).filter(last -> last.sameState(state.alert())).stream())
                .map(remembered -> remembered.at().plus(repeat))
                .min(Instant::compareTo));
    }

    /** What began and ended unheard so long ago is nobody's news: it is how a new worker finds an old topic. */
    private boolean isLongOver(Alert alert, Instant writtenAt) {
        return !alert.firing() && writtenAt.isBefore(clock.instant().minus(forgetEndedAfter));
    }

    private boolean isNewPage(Line line, AlertRecord record) {
        return record.alert().firing() && record.alert().severity() == Severity.PAGE
                && Deduplication.reason(record, memory.of(line.name(), record), Optional.empty(), clock.instant())
                        .isPresent();
    }
}
