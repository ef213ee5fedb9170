package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;

/**
 * A new state of an alert, as far as one sink is concerned.
 *
 * @param acknowledged   whether everything up to this state was settled before
 * @param told      whether the sink knows the alert as firing
 * @param urgent    whether its group speaks at once
 * @param heldUntil before when the sink is not told of it, and not at all if it begins again by then
 */
record QueuedState(AlertRecord record, boolean acknowledged, boolean told, boolean urgent, Instant heldUntil) {
}
