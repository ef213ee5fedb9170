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
 * @param opened    connections opened since the console started; likewise the next two
 */
public record PeersView(List<PeerView> peers, int unlisted, Map<String, Split> networks, Map<String, Split> connectionTypes,
        List<Group> netgroups, int groups, List<Group> autonomousSystems, long opened, long closed, long evicted) {

    /** Connections by direction. */
    public record Split(int inbound, int outbound) {
        static Split one(boolean inbound) {
            return inbound ? new Split(1, 0) : new Split(0, 1);
        }

        Split plus(Split other) {
            return new Split(inbound + other.inbound, outbound + other.outbound);
        }
    }

    /** Connections of one netgroup or one autonomous system. */
    public record Group(String name, int inbound, int outbound) {
        int connections() {
            return inbound + outbound;
        }
    }
}
