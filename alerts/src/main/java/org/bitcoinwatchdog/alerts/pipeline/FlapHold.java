package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bitcoinwatchdog.events.AlertStatus;

/**
 * Limits the notifications of an alert that comes and goes. A beginning is always notified at once. A beginning within
 * this time after an end marks the alert as flapping. Its next end is held back until the alert has been over for this
 * time. If it begins again before, people are notified of neither: for them it still fires.
 *
 * @param time zero: nothing is held back
 */
record FlapHold(Duration time) {

    /** Whether the firing alert flaps: its beginning followed, by the node's own time, an end that the sink got. */
    boolean flaps(AlertRecord record, Optional<NotificationLogEntry> last) {
        if (time.isZero() || last.isEmpty() || !record.alert().firing()) {
            return false;
        }
        NotificationLogEntry known = last.get();
        return known.notified() ? known.flapping()
                : known.status() == AlertStatus.RESOLVED && known.delivered()
                        && record.alert().startsAt().isBefore(known.updatedAt().plus(time));
    }

    /** Until when the state is held back; {@link Instant#MIN}: it is not. */
    Instant until(AlertRecord record, Optional<NotificationLogEntry> last) {
        boolean held = !record.alert().firing() && last.filter(NotificationLogEntry::notified).filter(NotificationLogEntry::flapping).isPresent();
        Instant written = record.writtenAt().isBefore(record.readAt()) ? record.writtenAt() : record.readAt();
        return held ? written.plus(time) : Instant.MIN;
    }
}
