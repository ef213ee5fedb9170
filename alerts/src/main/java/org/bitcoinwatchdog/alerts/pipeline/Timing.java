package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * When a group speaks.
 *
 * @param firstWait before its first notification
 * @param interval between a notification and the next one, where something changed
 * @param repeat   between notifications where nothing changed; empty: never
 */
public record Timing(Duration firstWait, Duration interval, Optional<Duration> repeat) {
    /** At once, and no reminders. */
    public static final Timing ON_CHANGE = new Timing(Duration.ZERO, Duration.ZERO, Optional.empty());

    /** The same reminders, for an alert by itself. */
    Timing ungrouped() {
        return new Timing(Duration.ZERO, Duration.ZERO, repeat);
    }
}
