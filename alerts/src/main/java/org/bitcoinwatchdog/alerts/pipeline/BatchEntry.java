package org.bitcoinwatchdog.alerts.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.Reason;

/**
 * One alert of a notification in the making: the step from what the sink last heard of it to its present state.
 *
 * @param last what the sink last heard
 */
record BatchEntry(AlertRecord record, Reason reason, Optional<NotificationLogEntry> last) {

    NotifiedAlert notified() {
        return new NotifiedAlert(record.alert(), reason, last.filter(NotificationLogEntry::told).map(NotificationLogEntry::severity));
    }

    boolean isNews() {
        return reason != Reason.COMPANY;
    }

    /** Whether the sink was last told so long ago that half of the time to a reminder is over. */
    boolean isOlderThanHalf(Optional<Duration> repeat, Instant now) {
        return repeat.isPresent() && last.isPresent() && !now.isBefore(last.get().at().plus(repeat.get().dividedBy(2)));
    }

    /** What stays so if the notification can't be delivered. */
    boolean told() {
        return last.map(NotificationLogEntry::told).orElse(false);
    }

    /**
     * Names the steps that a notification tells: from what was last settled, to which state. A worker that starts again
     * or takes over comes to the same name, since both are in Kafka; a reminder, or a severity that comes back, has
     * another one, since by then something else was last settled.
     */
    static String id(List<BatchEntry> changes) {
        MessageDigest sha256 = sha256();
        changes.stream().filter(BatchEntry::isNews).map(BatchEntry::step).sorted()
                .forEach(step -> sha256.update(step.getBytes(StandardCharsets.UTF_8)));
        return "wd_" + HexFormat.of().formatHex(sha256.digest(), 0, 16);
    }

    private String step() {
        return String.join(" ", record.fingerprint(), record.alert().startsAt().toString(),
                record.alert().status().name(), record.alert().severity().name(),
                last.map(NotificationLogEntry::at).map(Instant::toString).orElse("-")) + "\n";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
