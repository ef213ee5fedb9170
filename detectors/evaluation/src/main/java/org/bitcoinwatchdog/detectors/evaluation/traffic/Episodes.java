package org.bitcoinwatchdog.detectors.evaluation.traffic;

/** Rare stretches in which a rate is a multiple of itself: the tail that a log-normal body lacks. Stepped a minute. */
final class Episodes {
    /** Share of all time; below 5 %, so that the 95th percentile stays the body's. */
    static final double SHARE = 0.015;
    private static final double MEAN_MINUTES = 150;

    private final Entropy entropy;
    private long minutesLeft;

    Episodes(Entropy entropy) {
        this.entropy = entropy;
    }

    boolean next() {
        if (minutesLeft > 0) {
            minutesLeft--;
        } else if (entropy.chance(SHARE / (1 - SHARE) / MEAN_MINUTES)) {
            minutesLeft = 1 + (long) entropy.exponential(MEAN_MINUTES);
        }
        return minutesLeft > 0;
    }
}
