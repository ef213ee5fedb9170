package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.Set;
import java.util.TreeSet;
import org.bitcoinwatchdog.detectors.DetectorSettings;

/** The alert names of the rules that exist. */
final class KnownRules {
    private KnownRules() {
    }

    static Set<String> of(DetectorSettings settings) {
        Set<String> names = new TreeSet<>();
        settings.rules().keySet().forEach(rule -> names.add(rule.alertname()));
        return names;
    }
}
