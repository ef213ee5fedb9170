package org.bitcoinwatchdog.deploy.console.model;

import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.deploy.console.model.FleetView.NodeRow;

/**
 * All that the console shows of one node.
 *
 * @param implementation Core, Knots, ..., or other; empty if unknown
 * @param startedMs    when bitcoind was started, 0 where unknown
 * @param misbehaviour peers that misbehaved, by reason
 * @param addrman      null if this bitcoind has no tracepoints of its address manager
 */
public record NodeView(NodeRow row, String implementation, String version, int pid, String executable, String dataDirectory, long startedMs,
        AccountingView accounting, RatesView rates, PeersView peers, Map<String, Long> misbehaviour, AddressesView addresses,
        AddrmanInsertions.View addrman, List<ScoreView> scores) {

    /**
     * What a rule measures against the value from which it speaks.
     *
     * @param atMs   node's time of the latest value, UNIX milliseconds
     * @param series largest value of each slot, oldest first; null without a value
     */
    public record ScoreView(
            String rule, double value, double threshold, String unit, long atMs, long slotSeconds, Double[] series) {
    }

    /**
     * Messages of the latest slots, oldest first.
     *
     * @param slotSeconds length of a slot
     * @param received    messages in each slot
     */
    public record RatesView(
            long slotSeconds, Double[] received, Double[] sent, Double[] receivedBytes, Double[] sentBytes, List<Type> types) {
        /** One message type; totals count from the console's start. */
        public record Type(String type, Double[] received, Double[] sent, long receivedTotal, long sentTotal,
                double receivedPerSecond, double sentPerSecond) {
        }
    }

    /**
     * Addresses that peers sent to a node since a time.
     *
     * @param announced  entries that the messages announce
     * @param future     entries whose time is more than two minutes ahead of the node's
     * @param networks   entries by network, unroutable and local ones under those names
     * @param netgroups  the groups with most entries
     * @param autonomousSystems the same by autonomous system; null without an asmap
     * @param peers      the peers that sent most entries
     * @param perSlot    entries in each slot, oldest first
     */
    public record AddressesView(long sinceMs, long messages, long announced, long future, Map<String, Long> networks,
            List<TopCounts.TopCount> netgroups, List<TopCounts.TopCount> autonomousSystems, List<TopCounts.TopCount> peers, Double[] perSlot, long slotSeconds) {
    }

    /**
     * The agent's account of one node.
     *
     * @param attachedMs when the agent attached, UNIX milliseconds
     * @param published  events since then; acknowledged: those that Kafka confirmed
     * @param spooled    events that wait for Kafka
     * @param lost       events that the agent reported as lost, since the console started
     * @param missing    events missing in the sequence, since the console started
     */
    public record AccountingView(long attachedMs, long published, long acknowledged, long spooled, long lost, long missing,
            String latestLoss, long latestLossMs, List<TracepointCounts> tracepoints) {
        /** One tracepoint; {@code reason} says why it is not attached. */
        public record TracepointCounts(
                String name, boolean attached, String reason, long fired, long captured, long dropped, long undecodable) {
        }
    }
}
