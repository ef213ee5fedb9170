package org.bitcoinwatchdog.detectors.fleet;

import org.bitcoinwatchdog.detectors.alerting.AlertWriter;

/** Where a rule about a fleet writes: about one of its nodes, or about all of them. */
public interface FleetAlerts {
    AlertWriter node(String name);

    AlertWriter fleet();
}
