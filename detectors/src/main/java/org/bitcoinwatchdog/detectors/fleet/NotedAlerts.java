package org.bitcoinwatchdog.detectors.fleet;

import org.bitcoinwatchdog.detectors.alerting.AlertWriter;

/** Keeps with each node which fleet rules fire about it. */
record NotedAlerts(FleetAlerts alerts, FleetNodes nodes) implements FleetAlerts {
    @Override
    public AlertWriter node(String name) {
        AlertWriter writer = alerts.node(name);
        return nodes.find(name).map(node -> writer.noting(node.firingInFleet())).orElse(writer);
    }

    @Override
    public AlertWriter fleet() {
        return alerts.fleet();
    }
}
