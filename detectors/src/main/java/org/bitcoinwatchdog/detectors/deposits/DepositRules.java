package org.bitcoinwatchdog.detectors.deposits;

import java.util.List;
import java.util.Map;

/**
 * What each rule means for deposits, by alertname.
 *
 * @param runbookBase prefix of an alert's runbook address
 */
public record DepositRules(DepositSettings settings, String runbookBase, Map<String, RuleEffects> byAlertname) {
    /** @param detector label of the rule's alerts */
    public record RuleEffects(String detector, List<DepositEffect> effects) {
    }

    /** For tests of other things: no rule matters. */
    public static final DepositRules NONE = new DepositRules(DepositSettings.defaults(), "", Map.of());

    List<DepositEffect> effects(String alertname) {
        RuleEffects known = byAlertname.get(alertname);
        return known == null ? List.of() : known.effects();
    }

    String detector(String alertname) {
        return byAlertname.get(alertname).detector();
    }
}
