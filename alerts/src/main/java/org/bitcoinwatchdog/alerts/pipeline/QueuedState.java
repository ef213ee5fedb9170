package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;

/**
 * A new state of an alert on its way into a sink's queue.
 *
 * @param decision  {@link Decision#NOTIFY_NOW} flushes the group at once
 * @param replaces  the alert's earlier states need no notification any more: this one takes their place
 * @param notified  people at the sink know the alert as firing
 * @param heldUntil before when people are not notified of this end. If the alert begins again by then, it did not end
 */
record QueuedState(AlertRecord record, Decision decision, boolean replaces, boolean notified, Instant heldUntil) {
}
