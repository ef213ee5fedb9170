package org.bitcoinwatchdog.alerts.kafka;

import java.io.IOException;
import java.time.Instant;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;

/**
 * Reads a record of {@code watchdog.alerts} and checks its limits. Everyone with write access to the topic can write any
 * record, and later stages calculate with its times and send its texts.
 */
public final class AlertDecoder {
    private static final int LARGEST_BYTES = 512 * 1024;
    private static final int MOST_LABELS = 50;
    private static final int LONGEST_LABEL = 1_000;
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private AlertDecoder() {
    }

    /**
     * @param key the record's key as a text
     * @throws IOException if the record is not an alert; the message does not repeat its content
     */
    public static Alert read(String key, byte[] json) throws IOException {
        if (json.length > LARGEST_BYTES) {
            throw new IOException("larger than " + LARGEST_BYTES + " bytes");
        }
        Alert alert;
        try {
            alert = AlertJson.read(json);
            alert.severity();
        } catch (RuntimeException e) {
            throw new IOException("not an alert: " + e.getClass().getSimpleName(), e);
        }
        require(alert.fingerprint().equals(key), "the key is not the alert's fingerprint");
        require(Stream.of(alert.startsAt(), alert.updatedAt(), alert.firing() ? alert.startsAt() : alert.endsAt())
                .noneMatch(time -> time.isBefore(EARLIEST) || time.isAfter(LATEST)), "a time is before 1970 or after 9999");
        require(alert.labels().size() <= MOST_LABELS && alert.labels().values().stream().allMatch(AlertDecoder::isShort),
                "it has more than " + MOST_LABELS + " labels, or one with more than " + LONGEST_LABEL + " characters");
        require(alert.annotations().values().stream().noneMatch(java.util.Objects::isNull), "an annotation has no text");
        require(alert.evidence().subjects().values().stream()
                .noneMatch(subjects -> subjects == null || subjects.stream().anyMatch(java.util.Objects::isNull)),
                "a subject of its evidence has no text");
        return alert;
    }

    /** As above, for a key that may be missing. */
    public static Alert read(byte[] key, byte[] json) throws IOException {
        return read(Clients.text(key), json);
    }

    private static boolean isShort(String label) {
        return label != null && label.length() <= LONGEST_LABEL;
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }
}
