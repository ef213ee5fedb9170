package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A group whose time has come.
 *
 * @param states       of each of its alerts the one that comes next
 * @param failures     attempts in a row that failed
 * @param failingSince when the first of them did; {@link Instant#MAX} where there is none
 */
record Flush(GroupKey key, Timing timing, List<AlertRecord> states, int failures, Instant failingSince) {
    /** The same group, as if the alerts of these changes were not in it. */
    Flush without(List<BatchEntry> changes) {
        Set<AlertRecord> left = changes.stream().map(BatchEntry::record).collect(Collectors.toSet());
        return left.isEmpty() ? this : new Flush(key, timing,
                states.stream().filter(state -> !left.contains(state)).toList(), failures, failingSince);
    }
}
