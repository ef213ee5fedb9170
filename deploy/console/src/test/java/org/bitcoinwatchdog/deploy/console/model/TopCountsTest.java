package org.bitcoinwatchdog.deploy.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TopCountsTest {
    @Test
    void countsExactlyWhileThereIsRoom() {
        TopCounts counts = new TopCounts(3);
        counts.add("a", 2);
        counts.add("b", 5);
        counts.add("a", 1);

        assertThat(counts.top(10)).containsExactly(new TopCounts.TopCount("b", 5, 0), new TopCounts.TopCount("a", 3, 0));
    }

    @Test
    void findsTheHeavyOneAmongEndlesslyManyAndNeverCountsTooLow() {
        TopCounts counts = new TopCounts(20);
        Random random = new Random(7);
        int heavy = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean isHeavy = random.nextInt(10) == 0;
            heavy += isHeavy ? 1 : 0;
            counts.add(isHeavy ? "heavy" : "light-" + i, 1);
        }

        TopCounts.TopCount top = counts.top(20).stream().filter(count -> count.key().equals("heavy")).findFirst().orElseThrow();
        assertThat(top.count()).isGreaterThanOrEqualTo(heavy);
        assertThat(top.count() - top.atMostOver()).isLessThanOrEqualTo(heavy);
        assertThat(counts.top(1_000)).hasSize(20);
    }
}
