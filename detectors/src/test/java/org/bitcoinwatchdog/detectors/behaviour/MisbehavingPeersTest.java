package org.bitcoinwatchdog.detectors.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.MisbehavingConnection;
import org.junit.jupiter.api.Test;

class MisbehavingPeersTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", "regtest", detection::on).started();

    private void misbehaves(String reason) {
        alice.does(event -> event.setMisbehavingConnection(MisbehavingConnection.newBuilder().setPeerId(1).setReason(reason)))
                .waits(Duration.ofSeconds(1));
    }

    @Test
    void warnsByReasonAndEndsAfterAnHourWithout() {
        misbehaves("headers message size = 2001");
        misbehaves("headers message size = 4000");
        misbehaves("mutated block");
        alice.waits(Duration.ofSeconds(5));
        assertThat(alerts.changes()).containsExactly("MisbehavingPeers alice warn");

        alice.waits(Duration.ofMinutes(2));
        assertThat(alerts.last().evidence().subjects().get("reasons"))
                .containsExactly("headers message size = #: 2", "mutated block: 1");
        alice.waits(Duration.ofMinutes(50));
        assertThat(alerts.changes()).hasSize(1);
        alice.waits(Duration.ofMinutes(10));
        assertThat(alerts.changes()).containsExactly("MisbehavingPeers alice warn", "MisbehavingPeers alice resolved");
    }

    @Test
    void inventedReasonsDoNotGrowTheState() {
        for (int i = 0; i < 200; i++) {
            misbehaves("reason " + Character.toString('a' + i % 26) + Character.toString('a' + i / 26) + "x".repeat(200));
        }
        alice.waits(Duration.ofMinutes(1));

        assertThat(alerts.last().evidence().subjects().get("reasons")).hasSize(33).allMatch(reason -> reason.length() < 100);
    }
}
