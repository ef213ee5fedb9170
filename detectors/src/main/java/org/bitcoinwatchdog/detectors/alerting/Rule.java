package org.bitcoinwatchdog.detectors.alerting;

import java.util.Locale;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.events.Severity;

/**
 * Names a rule in alerts.
 *
 * @param detector  the family, in kebab-case: {@code stalled-blocks}
 * @param alertname the rule, in CamelCase: {@code FleetLag}
 * @param highest   the highest severity with which it fires
 */
public record Rule(String detector, String alertname, Severity highest) {
    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    /** Its name in the configuration, in scores and in saved states, in kebab-case: {@code fleet-lag}. */
    public String key() {
        return NEXT_WORD.matcher(alertname).replaceAll("-").toLowerCase(Locale.ROOT);
    }
}
