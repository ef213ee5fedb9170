package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.Test;

class SlowValidationTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();
    private int height = 100;

    private void connects(int blocks, Duration took) {
        for (int i = 0; i < blocks; i++) {
            alice.connects(height, height++, took).waits(Duration.ofMinutes(5));
        }
    }

    @Test
    void warnsOfABlockTenTimesTheMedianAndEndsWithTheNextOne() {
        connects(20, Duration.ofMillis(600));
        connects(1, Duration.ofMillis(6_001));
        assertThat(alerts.changes()).containsExactly("SlowValidation alice warn");
        assertThat(alerts.measured("median-duration")).isEqualTo(0.6);

        connects(1, Duration.ofMillis(7_000));
        assertThat(alerts.changes()).hasSize(1);
        connects(1, Duration.ofMillis(500));
        assertThat(alerts.changes()).endsWith("SlowValidation alice resolved");
    }

    @Test
    void aSlowMachineAndAFastOneWithAHiccupAreQuiet() {
        connects(20, Duration.ofMillis(100));
        connects(1, Duration.ofMillis(4_900));
        connects(200, Duration.ofSeconds(4));
        connects(5, Duration.ofSeconds(39));

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void theFirstBlocksAndThoseOfACatchUpAreNotJudged() {
        connects(8, Duration.ofMillis(100));
        connects(1, Duration.ofMinutes(1));
        for (int i = 0; i < 100; i++) {
            alice.connects(height, height++, Duration.ofMillis(100));
        }
        connects(1, Duration.ofMinutes(1));

        assertThat(alerts.changes()).isEmpty();
    }
}
