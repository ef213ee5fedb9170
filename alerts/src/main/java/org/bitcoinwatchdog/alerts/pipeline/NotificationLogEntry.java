package org.bitcoinwatchdog.alerts.pipeline;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Severity;

/**
 * How the last notification to one sink about an alert ended.
 *
 * @param status    of the alert as notified, like the next four
 * @param updatedAt of the record that was notified; with {@code offset} it shows which record is older
 * @param delivered whether the sink took it; false: it became a dead letter
 * @param notified  whether people at the sink know the alert as firing; in JSON it is {@code told}, as earlier versions read it
 * @param flapping  whether the alert comes and goes, see {@link FlapHold}
 * @param at        when the notification ended
 */
public record NotificationLogEntry(
        AlertStatus status,
        Instant startsAt,
        Severity severity,
        Instant updatedAt,
        long offset,
        boolean delivered,
        @JsonProperty("told") @JsonAlias("notified") boolean notified,
        boolean flapping,
        Instant at) {

    static NotificationLogEntry delivered(AlertRecord record, boolean flapping, Instant at) {
        return of(record, true, record.alert().firing(), flapping, at);
    }

    /** People at the sink know what they knew before. */
    static NotificationLogEntry undeliverable(AlertRecord record, boolean notified, boolean flapping, Instant at) {
        return of(record, false, notified, flapping, at);
    }

    private static NotificationLogEntry of(AlertRecord record, boolean delivered, boolean notified, boolean flapping, Instant at) {
        Alert alert = record.alert();
        return new NotificationLogEntry(alert.status(), alert.startsAt(), alert.severity(), alert.updatedAt(), record.offset(),
                delivered, notified, flapping, at);
    }

    /**
     * Whether the record was written after the one that was notified. Either sign is enough: a topic that is
     * created again starts at offset 0, and a node's clock may be set back.
     */
    boolean isOlderThan(AlertRecord record) {
        return record.offset() > offset || record.alert().updatedAt().isAfter(updatedAt);
    }

    /** Whether the alert's evidence grew much after the record that was notified. */
    boolean isBeforeGrowth(Alert alert) {
        return alert.grewAt() != null && alert.grewAt().isAfter(updatedAt);
    }

    /** For people, all of a flapping alert's episodes are one. */
    boolean sameEpisode(Alert alert) {
        return status == AlertStatus.FIRING && (startsAt.equals(alert.startsAt()) || notified && flapping);
    }

    boolean sameState(Alert alert) {
        return sameEpisode(alert) && severity == alert.severity();
    }
}
