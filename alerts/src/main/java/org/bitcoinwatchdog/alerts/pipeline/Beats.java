package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.bitcoinwatchdog.alerts.notification.Outcome;
import org.bitcoinwatchdog.events.Alert;

/** Counts heartbeats as attempts, and remembers those that arrived as each sink's last success. */
public record Beats(NotificationLog memory, AlertMeters meters, int partition, Clock clock) {
    /** @return whether the sink took it */
    public boolean told(String sink, Alert alert, Outcome outcome) {
        Instant now = clock.instant();
        Verdict verdict = Verdict.of(outcome);
        meters.attempt(sink, verdict, Duration.between(alert.updatedAt(), now), now);
        if (verdict == Verdict.DELIVERED) {
            AlertRecord record = new AlertRecord(alert, partition, 0, now);
            memory.remember(sink, java.util.Map.of(record, NotificationLogEntry.delivered(record, false, now)));
        }
        return verdict == Verdict.DELIVERED;
    }
}
