package org.bitcoinwatchdog.detectors.evaluation.traffic;

/** Rare stretches in which a rate is a multiple of itself: the tail that a log-normal body lacks. Stepped a minute. */
final class Episodes {
    /** Share of all time; below 5 %, so that the 95th percentile stays the body's. */
    static final double SHARE = 0.015;
    private static final double MEAN_MINUTES = 150;

    private final RandomSource random;
    private long minutesLeft;

    Episodes(RandomSource random) {
        this.random = random;
    }

    boolean next() {
        if (minutesLeft > 0) {
            minutesLeft--;
        } else if (random.chance(SHARE / (1 - SHARE) / MEAN_MINUTES)) {
            minutesLeft = 1 + (long) random.exponential(MEAN_MINUTES);
        }
        return minutesLeft > 0;
    }
}
