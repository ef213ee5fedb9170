package org.bitcoinwatchdog.detectors.node;

import org.bitcoinwatchdog.detectors.alerting.Firing;

/**
 * What is known of a node when a detector is asked: the event that it is given is already part of it.
 *
 * @param firing the alerts of the rules about this node alone, as they were left by those asked before
 */
public record NodeContext(
        String node, String network, Continuity continuity, ProcessRuns runs, Chain chain, Peers peers, Hearing hearing,
        Firing firing, WitnessState witness) {
    /** The node's event time, UNIX nanoseconds. The only clock that a detector has. */
    public long nowNs() {
        return continuity.nowNs();
    }
}
