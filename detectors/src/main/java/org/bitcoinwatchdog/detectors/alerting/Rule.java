package org.bitcoinwatchdog.detectors.alerting;

/**
 * Names a rule in alerts.
 *
 * @param detector  the family, in kebab-case: {@code stalled-blocks}
 * @param alertname the rule, in CamelCase: {@code FleetLag}
 */
public record Rule(String detector, String alertname) {
}
