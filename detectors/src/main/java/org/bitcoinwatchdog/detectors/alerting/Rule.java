package org.bitcoinwatchdog.detectors.alerting;

import java.util.Locale;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.events.Severity;

/**
 * Names a rule.
 *
 * @param detector  the family, in kebab-case: {@code stalled-blocks}
 * @param alertname the rule in alerts, in CamelCase: {@code FleetLag}
 * @param highest   the highest severity with which it fires
 * @param key       the rule in the configuration, in scores and in saved states, in kebab-case: {@code fleet-lag}
 */
public record Rule(String detector, String alertname, Severity highest, String key) {
    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    public Rule(String detector, String alertname, Severity highest) {
        this(detector, alertname, highest, NEXT_WORD.matcher(alertname).replaceAll("-").toLowerCase(Locale.ROOT));
    }
}
