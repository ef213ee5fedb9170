package org.bitcoinwatchdog.deploy.console.model;

import java.util.List;

/**
 * All nodes at a moment.
 *
 * @param nowMs   the console's clock, UNIX milliseconds
 * @param refused events of nodes beyond those that the console keeps
 */
public record FleetView(long nowMs, List<NodeRow> nodes, long refused) {
}
