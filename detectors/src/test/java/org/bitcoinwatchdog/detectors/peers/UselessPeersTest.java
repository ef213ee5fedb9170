package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.Test;

class UselessPeersTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();

    private void opens(int first, int count, String prefix) {
        for (int i = 0; i < count; i++) {
            alice.opens(first + i, prefix.formatted(20 + i), TestNode.INBOUND);
        }
    }

    /** A minute in which the first peers announce and all others only ping. */
    private void minutes(int minutes, int useful, int all) {
        for (int minute = 0; minute < minutes; minute++) {
            for (int peer = 0; peer < all; peer++) {
                alice.receives(peer, peer < useful ? "inv" : "ping");
            }
            alice.waits(Duration.ofMinutes(1));
        }
    }

    @Test
    void informsOnceMoreThanAQuarterGaveNothingForAnHourAndEndsWhenTheyDo() {
        opens(0, 20, "%d.0.0.1:1000");
        minutes(59, 14, 20);
        assertThat(alerts.changesOf("UselessPeers")).isEmpty();
        minutes(3, 14, 20);
        assertThat(alerts.changesOf("UselessPeers")).containsExactly("UselessPeers alice info");
        assertThat(alerts.measured("useless-share")).isEqualTo(0.3);
        assertThat(alerts.last().evidence().subjects().get("peers")).hasSize(6);

        minutes(12, 20, 20);
        assertThat(alerts.changesOf("UselessPeers")).endsWith("UselessPeers alice resolved");
    }

    @Test
    void aFewListenersAndTheTimeAfterAHoleAreQuiet() {
        opens(0, 20, "%d.0.0.1:1000");
        minutes(90, 15, 20);
        alice.loses("net:inbound_message");
        minutes(59, 10, 20);
        assertThat(alerts.changesOf("UselessPeers")).isEmpty();
    }
}
