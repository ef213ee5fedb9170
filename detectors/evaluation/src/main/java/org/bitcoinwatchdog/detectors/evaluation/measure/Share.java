package org.bitcoinwatchdog.detectors.evaluation.measure;

import org.apache.commons.statistics.distribution.BetaDistribution;

/** How many of some trials succeeded, with the exact binomial bound of 95 % (Clopper and Pearson 1934). */
public record Share(int count, int trials) {
    private static final double TAIL = 0.025;

    public Share {
        if (count < 0 || count > trials || trials == 0) {
            throw new IllegalArgumentException("a share needs trials, and at most as many successes");
        }
    }

    /** The smallest true share for which at least this many successes have a probability of 1 in 40. */
    public double lower() {
        return count == 0 ? 0 : BetaDistribution.of(count, trials - count + 1.0).inverseCumulativeProbability(TAIL);
    }
}
