package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.events.Alert;

/** Tells news from what a sink already knows. */
final class Deduplication {
    private Deduplication() {
    }

    /**
     * Why people at a sink are notified of an alert's state, given the log's entry for it; empty: no reason. New evidence
     * is a reason only if it grew much. A notification that became a dead letter is tried again when a reminder would be due.
     */
    static Optional<NotificationReason> reason(
            AlertRecord record, Optional<NotificationLogEntry> last, Optional<Duration> repeat, Instant now) {
        Alert alert = record.alert();
        if (last.isEmpty()) {
            return alert.firing() ? Optional.of(NotificationReason.BEGAN) : Optional.empty();
        }
        NotificationLogEntry known = last.get();
        boolean news = known.isOlderThan(record);
        if (!alert.firing()) {
            return known.notified() && news ? Optional.of(NotificationReason.ENDED) : Optional.empty();
        }
        if (known.sameState(alert)) {
            boolean due = repeat.isPresent() && !now.isBefore(known.at().plus(repeat.get()));
            if (!due && known.notified() && news && known.isBeforeGrowth(alert)) {
                return Optional.of(NotificationReason.GREW);
            }
            return due ? Optional.of(known.notified() ? NotificationReason.REMINDER : NotificationReason.BEGAN) : Optional.empty();
        }
        if (!news) {
            return Optional.empty();
        }
        return Optional.of(known.notified() && known.sameEpisode(alert) ? NotificationReason.SEVERITY_CHANGED : NotificationReason.BEGAN);
    }
}
