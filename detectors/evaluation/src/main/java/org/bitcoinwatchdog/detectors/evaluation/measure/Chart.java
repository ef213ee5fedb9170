package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.evaluation.measure.AlertLog.Episode;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/**
 * One case over time.
 *
 * @param unit       of the values
 * @param fromUs     when the first value was read; one a minute follows
 * @param values     read from the simulated node-0, not from the rules
 * @param attack     when it went on; empty for benign cases
 * @param episodes   alerts of the real rules meanwhile
 */
public record Chart(
        String title, String caption, String unit, long fromUs, List<Double> values, List<Threshold> thresholds,
        Optional<TimeSpan> attack, List<Episode> episodes) {
    public static final long STEP_US = 60_000_000;

    /** From which value a rule speaks. */
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
