package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.notification.Reason;
import org.bitcoinwatchdog.events.Alert;

/** The stage that tells news from what a sink knows already. */
final class Deduplication {
    private Deduplication() {
    }

    /**
     * Why the sink is to be told of an alert's state, given how the last notification about it ended. New evidence is
     * no reason. A notification that became a dead letter is tried again when a reminder would be due.
     */
    static Optional<Reason> reason(
            AlertRecord record, Optional<NotificationLogEntry> last, Optional<Duration> repeat, Instant now) {
        Alert alert = record.alert();
        if (last.isEmpty()) {
            return alert.firing() ? Optional.of(Reason.BEGAN) : Optional.empty();
        }
        NotificationLogEntry known = last.get();
        boolean news = known.isOlderThan(record);
        if (!alert.firing()) {
            return known.told() && news ? Optional.of(Reason.ENDED) : Optional.empty();
        }
        if (known.sameState(alert)) {
            boolean due = repeat.isPresent() && !now.isBefore(known.at().plus(repeat.get()));
            return due ? Optional.of(known.told() ? Reason.REMINDER : Reason.BEGAN) : Optional.empty();
        }
        if (!news) {
            return Optional.empty();
        }
        return Optional.of(known.told() && known.sameEpisode(alert) ? Reason.SEVERITY_CHANGED : Reason.BEGAN);
    }
}
