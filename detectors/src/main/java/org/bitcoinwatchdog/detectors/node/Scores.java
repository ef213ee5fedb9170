package org.bitcoinwatchdog.detectors.node;

import org.bitcoinwatchdog.events.Score;

/** Makes the {@link Score} of a rule, which is named as in the configuration. */
public final class Scores {
    private Scores() {
    }

    /** @param threshold the lowest value at which the rule fires, in the same unit */
    public static Score of(String rule, double value, double threshold, String unit) {
        return Score.newBuilder().setRule(rule).setValue(value).setThreshold(threshold).setUnit(unit).build();
    }
}
