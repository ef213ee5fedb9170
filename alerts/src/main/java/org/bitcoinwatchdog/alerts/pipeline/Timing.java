package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * When the notifications of a group are due.
 *
 * @param firstWait time before the first notification
 * @param interval  shortest time between two notifications
 * @param repeat    time from the last notification to a reminder; empty: no reminders
 */
public record Timing(Duration firstWait, Duration interval, Optional<Duration> repeat) {
    /** At once, and no reminders. */
    public static final Timing ON_CHANGE = new Timing(Duration.ZERO, Duration.ZERO, Optional.empty());

    /** The same reminders, for an alert with its own notification. */
    Timing ungrouped() {
        return new Timing(Duration.ZERO, Duration.ZERO, repeat);
    }
}
