package org.bitcoinwatchdog.deploy.console.model;

import java.util.List;

/**
 * The agent's account of one node.
 *
 * @param attachedMs when the agent attached, UNIX milliseconds
 * @param published  events since then; likewise acknowledged
 * @param spooled    events that wait for Kafka
 * @param lost       events that the agent reported as lost, since the console started
 * @param missing    events missing in the sequence, since the console started
 */
public record AccountingView(long attachedMs, long published, long acknowledged, long spooled, long lost, long missing,
        String latestLoss, long latestLossMs, List<Tracepoint> tracepoints) {
    /** One tracepoint; {@code reason} says why it is not attached. */
    public record Tracepoint(
            String name, boolean attached, String reason, long fired, long captured, long dropped, long undecodable) {
    }
}
