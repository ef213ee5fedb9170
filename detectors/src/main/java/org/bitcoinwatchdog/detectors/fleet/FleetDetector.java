package org.bitcoinwatchdog.detectors.fleet;

import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;

/**
 * A rule that looks at all nodes of one network together. Plain Java, with no clock of its own. One object lives for
 * each network, so nodes of different networks never mix.
 */
public interface FleetDetector extends Stateful {
    /** Takes the alerts of a rule: those about one node, and those about the whole fleet. */
    interface FleetAlerts {
        AlertWriter node(String name);

        AlertWriter fleet();
    }

    /**
     * The state of a network's nodes when a rule is called. It includes the digest that the rule is called with.
     *
     * @param chains which of the nodes can be compared
     * @param tree   the newest blocks of those nodes, with their parents
     */
    record FleetContext(String network, FleetNodes nodes, FleetBlocks blocks, SharedChains chains, BlockTree tree) {
    }

    /**
     * Takes a digest, which each node writes once a second of its own time and at each new tip.
     *
     * @param node the node that wrote the digest
     * @return whether its state changed, so that it is saved
     */
    boolean on(FleetNode node, FleetContext fleet, FleetAlerts alerts);

    /**
     * Takes a digest of a node that is set to be left out: resolves the rule's alerts about it.
     *
     * @return whether its state changed, so that it is saved
     */
    default boolean leavesOut(FleetNode node, FleetAlerts alerts) {
        return false;
    }

    /**
     * A node is no longer followed: drops its state. The alerts about it are resolved already.
     *
     * @return whether its state changed, so that it is saved
     */
    default boolean forget(String node) {
        return false;
    }
}
