package org.bitcoinwatchdog.events;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off: the pause before the next attempt doubles with each failure in a row.
 *
 * @param first   the pause after the first failure
 * @param longest where the doubling ends
 */
public record Backoff(Duration first, Duration longest) {
    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("the first pause is more than zero and at most the longest");
        }
    }

    /** @param failures in a row, at least 1 */
    public Duration pause(int failures) {
        int doublings = Math.max(0, failures - 1);
        return doublings < Long.numberOfLeadingZeros(first.toNanos()) - 1
                ? Duration.ofNanos(Math.min(longest.toNanos(), first.toNanos() << doublings))
                : longest;
    }

    /**
     * Full jitter: a pause drawn evenly from zero to {@link #pause}. Many workers that failed together come back spread out
     * (Marc Brooker, "Exponential Backoff And Jitter", AWS 2015).
     */
    public Duration jittered(int failures, RandomGenerator random) {
        return Duration.ofNanos(random.nextLong(pause(failures).toNanos() + 1));
    }
}
