package org.bitcoinwatchdog.detectors.fleet;

/**
 * What is known of a network's nodes when a rule is asked: the digest that it is given is already part of it.
 *
 * @param chains which of the nodes can be compared
 * @param tree   the newest blocks of those nodes, with their parents
 */
public record FleetContext(String network, FleetNodes nodes, FleetBlocks blocks, SharedChains chains, BlockTree tree) {
}
