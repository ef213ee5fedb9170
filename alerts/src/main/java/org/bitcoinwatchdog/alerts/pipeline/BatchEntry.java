package org.bitcoinwatchdog.alerts.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;

/**
 * One alert of a notification: the step from the state that the sink got last to the present one.
 *
 * @param last the log's entry for the state that the sink got last
 */
record BatchEntry(AlertRecord record, NotificationReason reason, Optional<NotificationLogEntry> last) {

    NotifiedAlert toNotify() {
        return new NotifiedAlert(record.alert(), reason, last.filter(NotificationLogEntry::notified).map(NotificationLogEntry::severity));
    }

    boolean isNews() {
        return reason != NotificationReason.CONTEXT;
    }

    /** Whether half of the time from the last notification to a reminder is over. */
    boolean isOlderThanHalf(Optional<Duration> repeat, Instant now) {
        return repeat.isPresent() && last.isPresent() && !now.isBefore(last.get().at().plus(repeat.get().dividedBy(2)));
    }

    /** Whether people at the sink know the alert as firing; so it stays if the notification can't be delivered. */
    boolean wasNotified() {
        return last.map(NotificationLogEntry::notified).orElse(false);
    }

    /**
     * The notification's id, made from its steps: from which entry of the log to which state. Both are in Kafka, so a
     * worker that restarts or takes over makes the same id. A reminder, or a severity that comes back, gets another id,
     * because the log has another entry by then.
     */
    static String id(List<BatchEntry> entries) {
        MessageDigest sha256 = sha256();
        entries.stream().filter(BatchEntry::isNews).map(BatchEntry::step).sorted()
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
