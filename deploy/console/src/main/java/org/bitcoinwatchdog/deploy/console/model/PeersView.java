package org.bitcoinwatchdog.deploy.console.model;

import java.util.List;
import java.util.Map;

/**
 * The open connections of one node.
 *
 * @param peers     those listed one by one, by id
 * @param unlisted  how many more there are
 * @param netgroups the largest groups, largest first
 * @param groups    how many groups there are
 * @param autonomousSystems the largest of them, largest first; null without an asmap
 * @param opened    connections opened since the console started; the next two also count from then
 */
public record PeersView(List<PeerView> peers, int unlisted, Map<String, ByDirection> networks, Map<String, ByDirection> connectionTypes,
        List<GroupCount> netgroups, int groups, List<GroupCount> autonomousSystems, long opened, long closed, long evicted) {

    /** Connections by direction. */
    public record ByDirection(int inbound, int outbound) {
        static ByDirection one(boolean inbound) {
            return inbound ? new ByDirection(1, 0) : new ByDirection(0, 1);
        }

        ByDirection plus(ByDirection other) {
            return new ByDirection(inbound + other.inbound, outbound + other.outbound);
        }
    }

    /** Connections of one netgroup or one autonomous system. */
    public record GroupCount(String name, int inbound, int outbound) {
        int connections() {
            return inbound + outbound;
        }
    }

    /**
     * An open connection. Address and user agent are the peer's own words, cut to a length.
     *
     * @param as          null without an asmap
     * @param implementation that the user agent names: Core, Knots, ..., or other; empty before its version message
     * @param connectedMs UNIX milliseconds, 0 if the connection is older than the console
     */
    public record PeerView(long id, String address, String netgroup, String as, String network, boolean inbound, String connectionType,
            String userAgent, String implementation, long connectedMs, long lastMs, String lastType, long received, long sent, long receivedBytes,
            long sentBytes, long addressEntries, boolean misbehaving) {
    }
}
