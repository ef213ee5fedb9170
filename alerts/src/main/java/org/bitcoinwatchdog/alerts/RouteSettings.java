package org.bitcoinwatchdog.alerts;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which alerts go to which sinks.
 *
 * @param match         labels that an alert must have, with these values; left out: every alert
 * @param sinks         names of sinks; an empty list keeps what matches from everybody
 * @param continue_     {@code continue} in the file: whether later routes are looked at as well. Default: no
 * @param groupBy       alerts that agree in these labels share a notification; left out: each alert has its own
 * @param groupWait     how long a new group waits for company, unless there is a page in it. Default: 30 s
 * @param groupInterval how long a group that was told waits before it tells of changes, pages excepted. Default: 5 min
 * @param repeat        after how long people are told again of what still fires. Default: 4 h
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
            throw new IllegalArgumentException("a route names a sink twice");
        }
        if (groupBy.isEmpty() && (groupWait.isPresent() || groupInterval.isPresent())) {
            throw new IllegalArgumentException("group-wait and group-interval mean nothing without group-by");
        }
        groupWait.ifPresent(wait -> requirePositive("group-wait", wait));
        groupInterval.ifPresent(interval -> requirePositive("group-interval", interval));
        repeat.ifPresent(given -> {
            if (given.compareTo(SHORTEST_REPEAT) < 0) {
                throw new IllegalArgumentException("repeat is at least 1m");
            }
        });
    }

    /** A route without grouping, with the defaults' timing. */
    public static RouteSettings of(Map<String, String> match, String... sinks) {
        return new RouteSettings(Optional.of(match), List.of(sinks), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + " is not negative");
        }
    }
}
