package org.bitcoinwatchdog.alerts.pipeline;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.Objects;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;

/**
 * An alert's state as it stands in the log. There may be a hundred thousand: it is kept as it was read, which takes a
 * quarter of the room, and decoded again when it is looked at after a garbage collection.
 */
public final class AlertRecord {
    private final String fingerprint;
    private final byte[] json;
    private final int partition;
    private final long offset;
    private final Instant writtenAt;
    private final Instant readAt;
    private WeakReference<Alert> decoded;

    /**
     * @param json      the alert as the log has it
     * @param partition of {@code watchdog.alerts}; what is remembered about the alert is in the same partition of
     *                  {@code watchdog.deliveries}
     * @param writtenAt the record's time, which is the event's
     * @param readAt    when this worker read it
     */
    public AlertRecord(Alert alert, byte[] json, int partition, long offset, Instant writtenAt, Instant readAt) {
        this.fingerprint = alert.fingerprint();
        this.json = json;
        this.partition = partition;
        this.offset = offset;
        this.writtenAt = Objects.requireNonNull(writtenAt, "writtenAt");
        this.readAt = Objects.requireNonNull(readAt, "readAt");
        this.decoded = new WeakReference<>(alert);
    }

    /** One that was written when it was read. */
    AlertRecord(Alert alert, int partition, long offset, Instant readAt) {
        this(alert, AlertJson.write(alert), partition, offset, readAt, readAt);
    }

    public Alert alert() {
        Alert alert = decoded.get();
        if (alert == null) {
            try {
                alert = AlertJson.read(json);
            } catch (IOException e) {
                throw new IllegalStateException("what was an alert is none any more", e);
            }
            decoded = new WeakReference<>(alert);
        }
        return alert;
    }

    public String fingerprint() {
        return fingerprint;
    }

    /** The size of the alert's JSON. */
    int bytes() {
        return json.length;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    public Instant writtenAt() {
        return writtenAt;
    }

    public Instant readAt() {
        return readAt;
    }
}
