package org.bitcoinwatchdog.detectors.evaluation.traffic;

/** A stationary standard normal that remembers: AR(1), stepped once a minute. */
final class Autoregression {
    /** From one hour to the next; .94 to .98 was measured. */
    static final double HOURLY_CORRELATION = 0.97;

    private static final double PER_MINUTE = Math.pow(HOURLY_CORRELATION, 1.0 / 60);
    private static final double INNOVATION = Math.sqrt(1 - PER_MINUTE * PER_MINUTE);

    private final RandomSource random;
    private double value;

    Autoregression(RandomSource random) {
        this.random = random;
        this.value = random.gaussian();
    }

    double next() {
        value = PER_MINUTE * value + INNOVATION * random.gaussian();
        return value;
    }
}
