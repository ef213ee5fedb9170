package org.bitcoinwatchdog.detectors.fleet;

import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Firing;

/**
 * Keeps with each node which fleet rules fire about it, and which fire about the fleet.
 *
 * @param by section of the rule that is being asked
 */
record NotedAlerts(FleetAlerts alerts, FleetNodes nodes, Firing aboutAll, java.util.function.Supplier<String> by)
        implements FleetAlerts {
    @Override
    public AlertWriter node(String name) {
        AlertWriter writer = alerts.node(name);
        return nodes.find(name).map(node -> writer.noting(node.firingInFleet(), by)).orElse(writer);
    }

    @Override
    public AlertWriter fleet() {
        return alerts.fleet().noting(aboutAll, by);
    }
}
