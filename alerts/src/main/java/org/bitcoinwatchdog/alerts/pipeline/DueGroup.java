package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.List;

/**
 * A group whose time has come.
 *
 * @param states       of each of its alerts the one that comes next
 * @param failures     attempts in a row that failed
 * @param failingSince when the first of them did; {@link Instant#MAX} where there is none
 */
record DueGroup(GroupKey key, Timing timing, List<AlertRecord> states, int failures, Instant failingSince) {
}
