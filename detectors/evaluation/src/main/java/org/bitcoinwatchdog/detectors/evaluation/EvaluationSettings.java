package org.bitcoinwatchdog.detectors.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * How much is simulated.
 *
 * @param seeds     repetitions of each attack that must be found; see {@link #casesEach} and {@link #informingEach}
 * @param nodeYears of plain background, in fleets of four nodes
 * @param fullDays  days of a fleet of four at the full message rate
 * @param half      which half of the seeds: defaults are tuned on one and reported on the other
 * @param real      traffic of real nodes to measure too
 * @param reports   files that the report is written to: Markdown if the name ends in .md, an HTML page otherwise
 * @param threads   simulations at a time
 * @param only      plays only attacks and hard cases whose name contains this; empty: all
 */
public record EvaluationSettings(
        int seeds, double nodeYears, double fullDays, Half half, List<RealTraffic> real, List<Path> reports, int threads,
        String only) {

    /** No seed is in both halves. */
    public enum Half {
        TUNING,
        REPORTING;

        /** The seed of the n-th repetition. */
        public long seed(long n) {
            return 2 * n + ordinal();
        }
    }

    public EvaluationSettings {
        if (seeds < 0 || nodeYears < 0 || fullDays < 0) {
            throw new IllegalArgumentException("seeds, years and days must not be negative");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1");
        }
        Objects.requireNonNull(half, "half");
        real = List.copyOf(real);
        reports = List.copyOf(reports);
        Objects.requireNonNull(only, "only");
    }

    public static EvaluationSettings defaults() {
        return new EvaluationSettings(
                10, 26, 2, Half.REPORTING, List.of(), List.of(), Runtime.getRuntime().availableProcessors(), "");
    }

    /** Repetitions of each benign hard case. Their alerts are counted together. */
    public int casesEach() {
        return (seeds + 2) / 3;
    }

    /**
     * Repetitions of each attack below a threshold, for which a rough recall is enough, and of attacks that last for
     * days.
     */
    public int informingEach() {
        return (seeds + 4) / 5;
    }
}
