package org.bitcoinwatchdog.detectors.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.junit.jupiter.api.Test;

class LastValuesTest {
    @Test
    void theMedianIsOfTheLastOnesAlsoAfterARestart() {
        LastValues values = new LastValues(3);
        assertThat(values.median()).isZero();
        for (long value : new long[] {100, 7, 5, 9}) {
            values.add(value);
        }
        assertThat(values.median()).isEqualTo(7);
        assertThat(values.count()).isEqualTo(3);

        StateWriter writer = new StateWriter();
        values.save(writer);
        LastValues restored = new LastValues(3);
        restored.restore(new StateReader(writer.toBytes()));
        restored.add(1);
        restored.add(2);
        assertThat(restored.median()).isEqualTo(2); // 9, 1, 2
    }
}
