package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A group that is due.
 *
 * @param states       the next state of each of its alerts
 * @param failures     attempts in a row that failed
 * @param failingSince when the first of them failed; {@link Instant#MAX} without a failure
 */
record Flush(GroupKey key, Timing timing, List<AlertRecord> states, int failures, Instant failingSince) {
    /** The same group without the alerts of these entries. */
    Flush without(List<BatchEntry> entries) {
        Set<AlertRecord> left = entries.stream().map(BatchEntry::record).collect(Collectors.toSet());
        return left.isEmpty() ? this : new Flush(key, timing,
                states.stream().filter(state -> !left.contains(state)).toList(), failures, failingSince);
    }
}
