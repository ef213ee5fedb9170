package org.bitcoinwatchdog.alerts.pipeline;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.Objects;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;

/**
 * A state of an alert as it is in the topic. There may be a hundred thousand, so it is kept as JSON, which takes a quarter of the
 * memory. After a garbage collection it is decoded again when needed.
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
     * @param json      the alert as the topic has it
     * @param partition of {@code watchdog.alerts}; the entries of the notification log are in the same partition of
     *                  {@code watchdog.deliveries}
     * @param writtenAt the time of the record, which is the time of the event
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

    /** A record that was written when it was read. */
    AlertRecord(Alert alert, int partition, long offset, Instant readAt) {
        this(alert, AlertJson.write(alert), partition, offset, readAt, readAt);
    }

    public Alert alert() {
        Alert alert = decoded.get();
        if (alert == null) {
            try {
                alert = AlertJson.read(json);
            } catch (IOException e) {
                throw new IllegalStateException("the JSON of a decoded alert can't be decoded again", e);
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
