package org.bitcoinwatchdog.detectors.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import org.assertj.core.data.Percentage;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctCountTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000})
    void estimatesWithinThreeStandardErrorsHoweverOftenAValueComes(int different) {
        DistinctCount count = new DistinctCount();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < different; i++) {
                count.add(ByteString.copyFrom(ByteBuffer.allocate(4).putInt(0, 0x0a000000 + i)));
            }
        }
        StateWriter out = new StateWriter();
        count.save(out);
        DistinctCount restored = new DistinctCount();
        restored.restore(new StateReader(out.toBytes()));

        assertThat((double) count.estimate()).isCloseTo(different, Percentage.withPercentage(10));
        assertThat(restored.estimate()).isEqualTo(count.estimate());
        assertThat(restored.isEmpty()).isEqualTo(different == 0);
    }
}
