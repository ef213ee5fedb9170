package org.bitcoinwatchdog.detectors.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.junit.jupiter.api.Test;

class HistoryTest {
    @Test
    void keepsTheLastValues() {
        History history = new History(3);
        for (long value : new long[] {1_000, 5, 1, 3}) {
            history.add(value);
        }
        assertThat(history.size()).isEqualTo(3);
        assertThat(history.median()).isEqualTo(3);
    }

    @Test
    void deviationsAreOfTheMedianInLogarithms() {
        History history = new History(5);
        for (double exponent : new double[] {1, 2, 3, 4, 5}) {
            history.add(Math.round(Math.exp(exponent)) - 1);
        }
        // ln(1 + x) is 1 to 5: median 3, median distance 1.
        assertThat(history.logDeviations(Math.round(Math.exp(9)) - 1)).isCloseTo(6 / 1.4826, within(0.3));
    }

    @Test
    void steadyCountsAreNotAnomalousByOneMore() {
        History history = new History(10);
        for (int i = 0; i < 10; i++) {
            history.add(100);
        }
        assertThat(history.logDeviations(110)).isBetween(0.5, 1.5);
    }

    @Test
    void goesOnAfterARestart() {
        History before = new History(4);
        for (long value : new long[] {9, 1, 2, 3, 4}) {
            before.add(value);
        }
        StateWriter out = new StateWriter();
        before.save(out);
        History after = new History(4);
        after.restore(new StateReader(out.toBytes()));
        before.add(50);
        after.add(50);
        assertThat(after.median()).isEqualTo(before.median()).isEqualTo(3.5);
    }
}
