package org.bitcoinwatchdog.detectors.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.junit.jupiter.api.Test;

class SlidingSumTest {
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();

    @Test
    void forgetsWhatLeftTheWindowAtMostASliceEarly() {
        SlidingSum sum = new SlidingSum(Duration.ofMinutes(10));
        sum.add(100 * MINUTE_NS, 5);
        sum.add(105 * MINUTE_NS, 7);

        assertThat(sum.sum(109 * MINUTE_NS)).isEqualTo(12);
        assertThat(sum.sum(110 * MINUTE_NS)).isEqualTo(7);
        assertThat(sum.sum(115 * MINUTE_NS)).isZero();
    }

    @Test
    void aLongSilenceAndAClockSetBackEmptyIt() {
        SlidingSum sum = new SlidingSum(Duration.ofMinutes(10));
        sum.add(100 * MINUTE_NS, 5);
        assertThat(sum.sum(1_000_000 * MINUTE_NS)).isZero();
        sum.add(1_000_000 * MINUTE_NS, 5);
        assertThat(sum.sum(100 * MINUTE_NS)).isZero();
    }

    @Test
    void goesOnAfterARestart() {
        SlidingSum sum = new SlidingSum(Duration.ofMinutes(10));
        for (int minute = 0; minute < 30; minute++) {
            sum.add(minute * MINUTE_NS, minute);
        }
        StateWriter out = new StateWriter();
        sum.save(out);
        SlidingSum restored = new SlidingSum(Duration.ofMinutes(10));
        restored.restore(new StateReader(out.toBytes()));

        for (int minute = 29; minute < 45; minute++) {
            assertThat(restored.sum(minute * MINUTE_NS)).isEqualTo(sum.sum(minute * MINUTE_NS));
        }
    }
}
