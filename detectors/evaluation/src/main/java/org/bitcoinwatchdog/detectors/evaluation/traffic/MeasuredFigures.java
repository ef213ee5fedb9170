package org.bitcoinwatchdog.detectors.evaluation.traffic;

/**
 * What was measured of a message type, both directions together.
 *
 * @param median                 messages an hour
 * @param p95                    95th percentile of the messages an hour
 * @param coefficientOfVariation standard deviation by mean of the messages an hour
 */
public record MeasuredFigures(double median, double p95, double coefficientOfVariation) {
    /** z of the 95th percentile of a normal distribution. */
    static final double Z95 = 1.6449;

    public MeasuredFigures {
        if (!(median > 0 && p95 >= median && coefficientOfVariation > 0)) {
            throw new IllegalArgumentException("figures need 0 < median <= p95 and a positive variation");
        }
    }

    /** Standard deviation of a normal logarithm of which that quantile lies where the 95th percentile was measured. */
    double logDeviation(double z) {
        return Math.log(p95 / median) / z;
    }
}
