package org.bitcoinwatchdog.detectors.fleet;

import org.bitcoinwatchdog.detectors.state.Stateful;

/**
 * A rule that looks at all nodes of one network together. Plain Java, with no clock of its own. One object lives for
 * each network, so nodes of different networks never mix.
 */
public interface FleetDetector extends Stateful {
    /**
     * Takes a digest, which each node writes once a second of its own time and at each new tip.
     *
     * @param node whose digest it is
     * @return whether its state changed, so that it is saved
     */
    boolean on(FleetNode node, FleetContext fleet, FleetAlerts alerts);

    /**
     * Takes a digest of a node that is set to be left out: ends what the rule says about it.
     *
     * @return whether its state changed, so that it is saved
     */
    default boolean leavesOut(FleetNode node, FleetAlerts alerts) {
        return false;
    }

    /**
     * A node is no longer followed: drops what is kept of it. The alerts about it are resolved already.
     *
     * @return whether its state changed, so that it is saved
     */
    default boolean forget(String node) {
        return false;
    }
}
