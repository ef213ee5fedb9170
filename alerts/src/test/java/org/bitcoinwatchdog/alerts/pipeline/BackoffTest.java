package org.bitcoinwatchdog.alerts.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2), new Random(7));

    @Test
    void theBoundDoublesUpToItsLimit() {
        assertThat(longest(1)).isBetween(Duration.ofMillis(950), Duration.ofSeconds(1));
        assertThat(longest(4)).isBetween(Duration.ofMillis(7_600), Duration.ofSeconds(8));
        assertThat(longest(8)).isBetween(Duration.ofSeconds(114), Duration.ofMinutes(2));
        assertThat(longest(10_000)).isBetween(Duration.ofSeconds(114), Duration.ofMinutes(2));
    }

    @Test
    void pausesAreDrawnFromZeroOn() {
        double mean = IntStream.range(0, 10_000).mapToLong(i -> backoff.pause(4).toMillis()).average().orElseThrow();
        assertThat(mean).isBetween(3_800.0, 4_200.0);
    }

    private Duration longest(int failures) {
        return IntStream.range(0, 1_000).mapToObj(i -> backoff.pause(failures)).max(Duration::compareTo).orElseThrow();
    }
}
