package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.Test;

class ConnectionFloodTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();

    private int peer;

    /** For a minute. */
    private void opens(int perMinute, String prefix) {
        for (int i = 0; i < perMinute; i++) {
            alice.opens(peer, prefix.formatted(1 + i), TestNode.INBOUND).closes(peer++);
        }
        alice.waits(Duration.ofMinutes(1));
    }

    @Test
    void warnsAfterFiveMinutesInARowAndEndsOnceAMinuteIsCalm() {
        for (int minute = 0; minute < 4; minute++) {
            opens(21, "99.9.0.%d:1000");
        }
        assertThat(alerts.changes()).isEmpty();
        opens(30, "99.9.0.%d:1000");
        assertThat(alerts.changes()).containsExactly("ConnectionFlood alice warn");
        assertThat(alerts.measured("connections-per-minute")).isEqualTo(30);
        assertThat(alerts.last().evidence().subjects().get("netgroups")).containsExactly("99.9.0.0/16");

        opens(25, "99.9.0.%d:1000");
        assertThat(alerts.changes()).hasSize(1);
        alice.waits(Duration.ofMinutes(3));
        assertThat(alerts.changes()).endsWith("ConnectionFlood alice resolved");
    }

    @Test
    void aCrowdFromEverywhereABriefRushAndLocalTestsAreQuiet() {
        for (int minute = 0; minute < 10; minute++) {
            opens(100, "%d.9.0.1:1000");
            opens(minute % 4 == 0 ? 5 : 40, "99.9.0.%d:1000");
            opens(100, "127.0.0.1:%d");
        }
        assertThat(alerts.changesOf("ConnectionFlood")).isEmpty();
    }
}
