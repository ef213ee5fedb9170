package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.TreeSet;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;

/** The alert names of the rules that are built: the configuration names each as its family's settings do. */
final class KnownRules {
    private KnownRules() {
    }

    static Set<String> of(DetectorSettings settings) {
        Set<String> names = new TreeSet<>();
        for (DetectorFamily family : settings.families()) {
            for (RecordComponent rule : family.getClass().getRecordComponents()) {
                names.add(Character.toUpperCase(rule.getName().charAt(0)) + rule.getName().substring(1));
            }
        }
        return names;
    }
}
