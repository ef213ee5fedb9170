package org.bitcoinwatchdog.alerts.pipeline;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random sequences of alerts, silences, restarts and failures, checked against the rules that hold for all of them. */
class PipelineModelTest {
    private static final int STEPS = 150;
    private static final long WORLDS_EACH = 25;

    static LongStream firstSeeds() {
        return LongStream.range(0, 12).map(i -> i * WORLDS_EACH);
    }

    /** 25 worlds a test. The message of a failure contains the seed. */
    @ParameterizedTest
    @MethodSource("firstSeeds")
    void notifiesInOrderAndOnceAndNeverOfAMutedAlert(long first) {
        for (long seed = first; seed < first + WORLDS_EACH; seed++) {
            try {
                new RandomWorld(seed).run(STEPS);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
