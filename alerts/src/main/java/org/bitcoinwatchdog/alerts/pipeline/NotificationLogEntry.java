package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Severity;

/**
 * How the last notification about an alert to one sink ended.
 *
 * @param status    of the alert as notified, like the four below
 * @param updatedAt of the record that was notified; with {@code offset} it tells what is older
 * @param delivered whether the sink took it; false: it became a dead letter
 * @param told      whether people there know the alert as firing
 * @param flapping  whether it does so again and again, see {@link FlapHold}
 * @param at        when this was settled
 */
public record NotificationLogEntry(
        AlertStatus status,
        Instant startsAt,
        Severity severity,
        Instant updatedAt,
        long offset,
        boolean delivered,
        boolean told,
        boolean flapping,
        Instant at) {

    static NotificationLogEntry delivered(AlertRecord record, boolean flapping, Instant at) {
        return of(record, true, record.alert().firing(), flapping, at);
    }

    /** People there know what they knew before. */
    static NotificationLogEntry undeliverable(AlertRecord record, boolean told, boolean flapping, Instant at) {
        return of(record, false, told, flapping, at);
    }

    private static NotificationLogEntry of(AlertRecord record, boolean delivered, boolean told, boolean flapping, Instant at) {
        Alert alert = record.alert();
        return new NotificationLogEntry(alert.status(), alert.startsAt(), alert.severity(), alert.updatedAt(), record.offset(),
                delivered, told, flapping, at);
    }

    /**
     * Whether the record was written after the one that was notified. Either sign of that is enough: offsets begin
     * anew with a topic that was made again, and a node's clock may be set back.
     */
    boolean isOlderThan(AlertRecord record) {
        return record.offset() > offset || record.alert().updatedAt().isAfter(updatedAt);
    }

    /** For people, all of a flapping alert's episodes are one. */
    boolean sameEpisode(Alert alert) {
        return status == AlertStatus.FIRING && (startsAt.equals(alert.startsAt()) || told && flapping);
    }

    boolean sameState(Alert alert) {
        return sameEpisode(alert) && severity == alert.severity();
    }
}
