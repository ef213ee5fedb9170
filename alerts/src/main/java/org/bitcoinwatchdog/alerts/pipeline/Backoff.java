package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a pause drawn evenly from zero to a bound that doubles with each failure. Many
 * workers that failed together come back spread out (Marc Brooker, "Exponential Backoff And Jitter", AWS 2015).
 */
record Backoff(Duration first, Duration longest, RandomGenerator random) {

    /** @param failures in a row, at least 1 */
    Duration pause(int failures) {
        long bound = longest.toNanos();
        int doublings = failures - 1;
        if (doublings < Long.numberOfLeadingZeros(first.toNanos()) - 1) {
            bound = Math.min(bound, first.toNanos() << doublings);
        }
        return Duration.ofNanos(random.nextLong(bound + 1));
    }
}
