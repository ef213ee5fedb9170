package org.bitcoinwatchdog.detectors.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.junit.jupiter.api.Test;

class HeavyHittersTest {
    @Test
    void findsTheLargestAmongManyAndNeverOverstatesIt() {
        HeavyHitters hitters = new HeavyHitters();
        Random random = new Random(1);
        int large = 0;
        for (int i = 0; i < 10_000; i++) {
            boolean one = random.nextInt(10) == 0;
            large += one ? 1 : 0;
            hitters.add(one ? "large" : "small-" + random.nextInt(5_000));
        }
        assertThat(hitters.total()).isEqualTo(10_000);
        assertThat(hitters.top(1)).containsExactly("large");
        assertThat(hitters.topShare()).isBetween(large / 10_000.0 - 1 / 65.0, large / 10_000.0);
    }

    @Test
    void goesOnAfterARestart() {
        HeavyHitters hitters = new HeavyHitters();
        hitters.add("a");
        hitters.add("a");
        hitters.add("b");
        StateWriter writer = new StateWriter();
        hitters.save(writer);
        HeavyHitters restored = new HeavyHitters();
        restored.restore(new StateReader(writer.toBytes()));
        assertThat(restored.topShare()).isEqualTo(2 / 3.0);
        assertThat(restored.top(2)).containsExactly("a", "b");
        restored.clear();
        assertThat(restored.topShare()).isZero();
    }
}
