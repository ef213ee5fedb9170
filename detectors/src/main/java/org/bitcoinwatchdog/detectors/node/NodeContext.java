package org.bitcoinwatchdog.detectors.node;

import org.bitcoinwatchdog.detectors.alerting.Firing;

/**
 * The facts about a node when a detector is called. They already include the event being handled.
 *
 * @param firing alerts of the rules about this node alone, updated by the rules called before
 */
public record NodeContext(
        String node, String network, Continuity continuity, ProcessRuns runs, Chain chain, Peers peers, LastHeard lastHeard,
        Firing firing, WitnessState witness, VersionBits versionBits, PeerSides sides) {
    /** The node's event time, UNIX nanoseconds. The only clock that a detector has. */
    public long nowNs() {
        return continuity.nowNs();
    }
}
