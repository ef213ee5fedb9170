package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowChainTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();
    private int height = 100;

    @BeforeEach
    void atTheTip() {
        blocks(4, Duration.ofMinutes(10));
    }

    private void blocks(int count, Duration apart) {
        for (int i = 0; i < count; i++) {
            alice.waits(apart).connects(height++);
        }
    }

    @Test
    void sumsWhatEachIntervalSaysForALowRate() {
        // ln 0.3 + 0.7 * 2,000 s / 600 s = 1.129 each: the eighth reaches 9, after 13,990 of its 16,000 seconds.
        blocks(7, Duration.ofSeconds(2_000));
        assertThat(alerts.changes()).isEmpty();
        alice.waits(Duration.ofSeconds(1_900));
        assertThat(alerts.changes()).isEmpty();
        blocks(1, Duration.ofSeconds(100));
        assertThat(alerts.changes()).containsExactly("SlowChain alice warn");
        assertThat(alerts.measured("cusum")).isCloseTo(9.03, Offset.offset(0.05));
        assertThat(alerts.measured("blocks")).isBetween(7.0, 8.0);
    }

    @Test
    void speaksBeforeTheBlockComesAndEndsOnceTheyComeAtTheirRate() {
        blocks(6, Duration.ofSeconds(2_000));
        alice.waits(Duration.ofSeconds(3_200));
        assertThat(alerts.changes()).containsExactly("SlowChain alice warn");

        blocks(5, Duration.ofMinutes(10));
        assertThat(alerts.changes()).hasSize(1);
        blocks(8, Duration.ofMinutes(10));
        assertThat(alerts.changes()).endsWith("SlowChain alice resolved");
    }

    @Test
    void aMonthOfOrdinaryBlocksIsQuiet() {
        Random random = new Random(7);
        for (int i = 0; i < 4_320; i++) {
            blocks(1, Duration.ofSeconds(1 + (long) (-600 * Math.log(1 - random.nextDouble()))));
        }
        assertThat(alerts.changesOf("SlowChain")).isEmpty();
    }

    @Test
    void blocksMissedWhileTheAgentWasAwayAreNoSlowChain() {
        for (int i = 0; i < 5; i++) {
            alice.agentRestartedAfter(Duration.ofHours(1)).waits(Duration.ofMinutes(5));
            height += 6;
            blocks(1, Duration.ofMinutes(5));
        }
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void endsWhenBitcoindIsStopped() {
        blocks(6, Duration.ofSeconds(2_000));
        alice.waits(Duration.ofSeconds(3_200)).stopped();
        assertThat(alerts.changes()).containsExactly("SlowChain alice warn", "SlowChain alice resolved");
    }
}
