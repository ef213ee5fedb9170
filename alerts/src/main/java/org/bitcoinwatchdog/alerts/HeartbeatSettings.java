package org.bitcoinwatchdog.alerts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The dead man's switch: a notification at each interval, to a service that notices its absence.
 *
 * @param sinks    names of the sinks that get it
 * @param interval time between two heartbeats. Default: 1 min
 */
public record HeartbeatSettings(List<String> sinks, Optional<Duration> interval) {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public HeartbeatSettings {
        sinks = List.copyOf(sinks);
        if (interval.isPresent() && interval.get().compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("interval must be at least 1s");
        }
    }

    /** No heartbeat. */
    public static HeartbeatSettings defaults() {
        return new HeartbeatSettings(List.of(), Optional.empty());
    }

    public Duration every() {
        return interval.orElse(INTERVAL);
    }
}
