package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * A record that was decoded.
 *
 * @param event with its body and observed_at_ns; node, network, epoch and sequence are the caller's to set
 */
public record Decoded(Tracepoint tracepoint, NodeEvent.Builder event) implements RecordOutcome {
}
