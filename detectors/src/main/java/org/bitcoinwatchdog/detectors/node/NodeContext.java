package org.bitcoinwatchdog.detectors.node;

/** What is known of a node when a detector is asked: the event that it is given is already part of it. */
public record NodeContext(String node, String network, Continuity continuity, Chain chain, Peers peers, Hearing hearing) {
    /** The node's event time, UNIX nanoseconds. The only clock that a detector has. */
    public long nowNs() {
        return continuity.nowNs();
    }
}
