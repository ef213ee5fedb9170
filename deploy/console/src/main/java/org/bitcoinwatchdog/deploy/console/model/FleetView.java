package org.bitcoinwatchdog.deploy.console.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * All nodes at a moment.
 *
 * @param nowMs    the console's clock, UNIX milliseconds
 * @param networks those with a fork or with signalling to show
 * @param refused  events of nodes beyond those that the console keeps
 */
public record FleetView(long nowMs, List<NodeRow> nodes, List<NetworkChain> networks, long refused) {

    /**
     * One node among its fleet.
     *
     * @param witness           whether it is a view of the chain from outside
     * @param clockMs           the node's time now, UNIX milliseconds
     * @param heardMs           when the console last heard of it, by the console's clock
     * @param tip               null before the first block
     * @param behind            blocks that the highest node of the network is ahead
     * @param inbound           open inbound connections
     * @param receivedPerSecond messages
     * @param addressesPerSecond entries of addr and addrv2
     * @param lost              events lost since the console started
     * @param received          messages of each slot of {@link RatesView}, oldest first
     */
    public record NodeRow(String name, String network, boolean witness, NodeCondition state, long clockMs, long heardMs, TipView tip, int behind, int inbound,
            int outbound, double receivedPerSecond, double sentPerSecond, double addressesPerSecond, long lost, Double[] received) {
        /** Heartbeats come every second. */
        static final long SILENT_AFTER_S = 10;

        /** Whether the node's events show what happens to it now. */
        public enum NodeCondition {
            @JsonProperty("live")
            LIVE,
            @JsonProperty("catching-up")
            CATCHING_UP,
            @JsonProperty("silent")
            SILENT,
            @JsonProperty("stopped")
            STOPPED
        }
    }
}
