package org.bitcoinwatchdog.agent.metrics;

import java.time.Duration;
import java.util.Arrays;

/** Upper bounds of a histogram's buckets. */
final class Bounds {
    private Bounds() {
    }

    static Duration[] millis(long... millis) {
        return Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
