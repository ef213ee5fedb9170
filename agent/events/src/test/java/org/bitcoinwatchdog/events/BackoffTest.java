package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));
    private final RandomGenerator random = new Random(7);

    @Test
    void thePauseDoublesUpToItsLimit() {
        assertThat(IntStream.of(1, 2, 4, 7, 8, 31, 64, 10_000).mapToObj(backoff::pause).map(Duration::toSeconds))
                .containsExactly(1L, 2L, 8L, 64L, 120L, 120L, 120L, 120L);
    }

    @Test
    void refusesAPauseThatCanNotDouble() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    @Test
    void noJitteredPauseIsLongerThanItsBound() {
        assertThat(longest(1)).isBetween(Duration.ofMillis(950), Duration.ofSeconds(1));
        assertThat(longest(4)).isBetween(Duration.ofMillis(7_600), Duration.ofSeconds(8));
        assertThat(longest(8)).isBetween(Duration.ofSeconds(114), Duration.ofMinutes(2));
        assertThat(longest(10_000)).isBetween(Duration.ofSeconds(114), Duration.ofMinutes(2));
    }

    @Test
    void pausesAreDrawnFromZeroOn() {
        double mean = IntStream.range(0, 10_000).mapToLong(i -> backoff.jittered(4, random).toMillis()).average().orElseThrow();
        assertThat(mean).isBetween(3_800.0, 4_200.0);
    }

    private Duration longest(int failures) {
        return IntStream.range(0, 1_000).mapToObj(i -> backoff.jittered(failures, random)).max(Duration::compareTo).orElseThrow();
    }
}
