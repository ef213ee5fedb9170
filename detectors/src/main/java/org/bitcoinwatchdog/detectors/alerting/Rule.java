package org.bitcoinwatchdog.detectors.alerting;

import org.bitcoinwatchdog.events.Severity;

/**
 * Names a rule in alerts.
 *
 * @param detector  the family, in kebab-case: {@code stalled-blocks}
 * @param alertname the rule, in CamelCase: {@code FleetLag}
 * @param highest   the highest severity with which it fires
 */
public record Rule(String detector, String alertname, Severity highest) {
}
