package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.evaluation.measure.AlertLog.Episode;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/**
 * The course of one case.
 *
 * @param unit       unit of the values
 * @param fromUs     time of the first value; one value a minute follows
 * @param values     figures of the simulated node-0, not of the rules
 * @param attack     time of the attack; empty for benign cases
 * @param episodes   alerts of the real rules in this time
 */
public record Chart(
        String title, String caption, String unit, long fromUs, List<Double> values, List<Threshold> thresholds,
        Optional<TimeSpan> attack, List<Episode> episodes) {
    public static final long STEP_US = 60_000_000;

    /** The value from which a rule fires. */
    public record Threshold(String name, double value) {
    }

    public Chart {
        values = List.copyOf(values);
        thresholds = List.copyOf(thresholds);
        episodes = List.copyOf(episodes);
    }

    public long untilUs() {
        return fromUs + values.size() * STEP_US;
    }
}
