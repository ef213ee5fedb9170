package org.bitcoinwatchdog.alerts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The dead man's switch: a sign of life to someone outside, who notices when it stays away.
 *
 * @param sinks    that get it, by name
 * @param interval between two of them. Default: 1 min
 */
public record HeartbeatSettings(List<String> sinks, Optional<Duration> interval) {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public HeartbeatSettings {
        sinks = List.copyOf(sinks);
        if (interval.isPresent() && interval.get().compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("interval is at least 1s");
        }
    }

    /** To nobody. */
    public static HeartbeatSettings defaults() {
        return new HeartbeatSettings(List.of(), Optional.empty());
    }

    public Duration every() {
        return interval.orElse(INTERVAL);
    }
}
