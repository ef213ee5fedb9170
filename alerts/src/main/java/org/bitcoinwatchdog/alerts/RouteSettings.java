package org.bitcoinwatchdog.alerts;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which alerts go to which sinks.
 *
 * @param match         labels and their values that an alert must have; left out: every alert matches
 * @param sinks         names of sinks; empty: no one is notified of alerts that match
 * @param continue_     {@code continue} in the file: whether later routes are tried as well. Default: no
 * @param groupBy       alerts with equal values of these labels share a notification; left out: each alert has its own
 * @param groupWait     how long a new group waits for further alerts; a page goes at once. Default: 30 s
 * @param groupInterval shortest time between two notifications of a group; a page goes at once. Default: 5 min
 * @param repeat        time from the last notification to a reminder of an alert that still fires. Default: 4 h
 */
public record RouteSettings(
        Optional<Map<String, String>> match,
        List<String> sinks,
        Optional<Boolean> continue_,
        Optional<List<String>> groupBy,
        Optional<Duration> groupWait,
        Optional<Duration> groupInterval,
        Optional<Duration> repeat) {
    private static final Duration SHORTEST_REPEAT = Duration.ofMinutes(1);

    public RouteSettings {
        match = match.map(Map::copyOf);
        sinks = List.copyOf(sinks);
        groupBy = groupBy.map(List::copyOf);
        if (new HashSet<>(sinks).size() != sinks.size()) {
            throw new IllegalArgumentException("a route has the same sink twice");
        }
        if (groupBy.isEmpty() && (groupWait.isPresent() || groupInterval.isPresent())) {
            throw new IllegalArgumentException("group-wait and group-interval need group-by");
        }
        groupWait.ifPresent(wait -> requirePositive("group-wait", wait));
        groupInterval.ifPresent(interval -> requirePositive("group-interval", interval));
        repeat.ifPresent(given -> {
            if (given.compareTo(SHORTEST_REPEAT) < 0) {
                throw new IllegalArgumentException("repeat must be at least 1m");
            }
        });
    }

    /** A route without groups and with the default timing. */
    public static RouteSettings of(Map<String, String> match, String... sinks) {
        return new RouteSettings(Optional.of(match), List.of(sinks), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + " must not be negative");
        }
    }
}
