package org.bitcoinwatchdog.detectors.topology;

import java.util.function.Consumer;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetAlerts;
import org.bitcoinwatchdog.events.Alert;

/** Writes the alerts of one network, about single nodes and about the fleet, to one place. */
public record FleetAlertWriters(String network, String runbookBase, Consumer<Alert> out) implements FleetAlerts {
    @Override
    public AlertWriter node(String name) {
        return AlertWriter.forNode(name, network, runbookBase, out);
    }

    @Override
    public AlertWriter fleet() {
        return AlertWriter.forFleet(network, runbookBase, out);
    }
}
