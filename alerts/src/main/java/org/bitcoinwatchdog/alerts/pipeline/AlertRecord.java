package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.Objects;
import org.bitcoinwatchdog.events.Alert;

/**
 * An alert's state as it stands in the log.
 *
 * @param partition of {@code watchdog.alerts}; what is remembered about the alert is in the same partition of
 *                  {@code watchdog.deliveries}
 * @param writtenAt the record's time, which is the event's
 * @param readAt    when this worker read it
 */
public record AlertRecord(Alert alert, int partition, long offset, Instant writtenAt, Instant readAt) {
    public AlertRecord {
        Objects.requireNonNull(alert, "alert");
        Objects.requireNonNull(readAt, "readAt");
    }

    /** One that was written when it was read. */
    AlertRecord(Alert alert, int partition, long offset, Instant readAt) {
        this(alert, partition, offset, readAt, readAt);
    }

    public String fingerprint() {
        return alert.fingerprint();
    }
}
