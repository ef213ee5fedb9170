package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bitcoinwatchdog.events.AlertStatus;

/**
 * What an alert that comes and goes is spared. A beginning is told at once, always. One that follows the end before it
 * within this time makes the alert a flapping one, and its end is kept back until it has been over for this time; if it
 * begins again meanwhile, people go on to take it as firing and hear of neither.
 *
 * @param time zero: none is spared anything
 */
record FlapHold(Duration time) {

    /** Whether the firing alert flaps: its beginning followed an end that the sink was told of, by the node's own time. */
    boolean flaps(AlertRecord record, Optional<NotificationLogEntry> last) {
        if (time.isZero() || last.isEmpty() || !record.alert().firing()) {
            return false;
        }
        NotificationLogEntry known = last.get();
        return known.told() ? known.flapping()
                : known.status() == AlertStatus.RESOLVED && known.delivered()
                        && record.alert().startsAt().isBefore(known.updatedAt().plus(time));
    }

    /** Until when the sink is not told of the state; {@link Instant#MIN}: it is told as soon as may be. */
    Instant until(AlertRecord record, Optional<NotificationLogEntry> last) {
        boolean held = !record.alert().firing() && last.filter(NotificationLogEntry::told).filter(NotificationLogEntry::flapping).isPresent();
        Instant written = record.writtenAt().isBefore(record.readAt()) ? record.writtenAt() : record.readAt();
        return held ? written.plus(time) : Instant.MIN;
    }
}
