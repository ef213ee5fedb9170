package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.evaluation.baseline.ZScoreBands;
import org.bitcoinwatchdog.detectors.evaluation.injection.Injection;
import org.bitcoinwatchdog.detectors.evaluation.measure.InjectionTrial.Detection;

/**
 * All trials of one injection together.
 *
 * @param trials    trials in which it was visible; an attack on blocks may end before the next block
 * @param detected  number of trials in which any of the intended rules fired
 * @param byRule    detections by each rule
 * @param baselines trials in which that baseline alarmed
 * @param ruleExists whether any of the intended rules exists
 */
public record InjectionRow(
        Injection injection,
        int trials,
        int detected,
        List<Double> delaysS,
        List<Double> pageDelaysS,
        List<Double> resolvesS,
        int unresolved,
        Map<String, Integer> byRule,
        Map<String, Integer> baselines,
        boolean ruleExists) {
    private static final double US_PER_S = 1e6;

    static InjectionRow of(List<InjectionTrial.InjectionOutcome> results, Set<String> knownRules) {
        Injection injection = results.get(0).injection();
        List<Double> delays = new ArrayList<>();
        List<Double> pageDelays = new ArrayList<>();
        List<Double> resolves = new ArrayList<>();
        Map<String, Integer> byRule = new TreeMap<>();
        Map<String, Integer> baselines = new TreeMap<>();
        int trials = 0;
        int unresolved = 0;
        for (InjectionTrial.InjectionOutcome result : results) {
            trials += result.visible() ? 1 : 0;
            result.first().ifPresent(first -> delays.add(first.delayUs() / US_PER_S));
            result.detections().stream().filter(Detection::paged).mapToLong(Detection::pageUs).min()
                    .ifPresent(pageUs -> pageDelays.add(pageUs / US_PER_S));
            long last = result.detections().stream().mapToLong(Detection::resolveUs).max().orElse(Long.MIN_VALUE);
            if (last == Detection.STILL_FIRING) {
                unresolved++;
            } else if (last != Long.MIN_VALUE) {
                resolves.add(last / US_PER_S);
            }
            result.detections().stream().map(Detection::rule).distinct().forEach(rule -> byRule.merge(rule, 1, Integer::sum));
            result.baselines().stream().map(Detection::rule).map(ZScoreBands::together).distinct()
                    .forEach(rule -> baselines.merge(rule, 1, Integer::sum));
        }
        return new InjectionRow(injection, trials, delays.size(), delays, pageDelays, resolves, unresolved, byRule, baselines,
                injection.alertnames().stream().anyMatch(knownRules::contains));
    }

    public OptionalDouble recall() {
        return trials == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, detected / (double) trials));
    }

    public OptionalDouble delayS(double quantile) {
        return quantile(delaysS, quantile);
    }

    /** Trials in which it paged. */
    public int paged() {
        return pageDelaysS.size();
    }

    public OptionalDouble pageDelayS(double quantile) {
        return quantile(pageDelaysS, quantile);
    }

    public OptionalDouble resolveS(double quantile) {
        return quantile(resolvesS, quantile);
    }

    /** Whether it misses what the specification requires of existing rules. */
    public boolean missed() {
        return injection.must() && ruleExists && detected < trials;
    }

    /** The smallest value that at least that share of the values does not exceed; empty for no values. */
    public static OptionalDouble quantile(List<Double> values, double share) {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(share * sorted.size());
        return OptionalDouble.of(sorted.get(Math.max(0, rank - 1)));
    }
}
