package org.bitcoinwatchdog.detectors.evaluation.measure;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * How often something happens, with the exact Poisson interval of 95 % (Garwood 1936): half the quantiles of χ² with 2k
 * and 2k + 2 degrees of freedom.
 *
 * @param count    events seen
 * @param exposure in which they were seen, in the unit of the rate
 */
public record Rate(long count, double exposure) {
    private static final double TAIL = 0.025;

    public Rate {
        if (count < 0 || !(exposure > 0)) {
            throw new IllegalArgumentException("a rate needs a count and an exposure above 0");
        }
    }

    public double value() {
        return count / exposure;
    }

    public double lower() {
        return count == 0 ? 0 : ChiSquaredDistribution.of(2.0 * count).inverseCumulativeProbability(TAIL) / 2 / exposure;
    }

    public double upper() {
        return ChiSquaredDistribution.of(2.0 * count + 2).inverseSurvivalProbability(TAIL) / 2 / exposure;
    }
}
