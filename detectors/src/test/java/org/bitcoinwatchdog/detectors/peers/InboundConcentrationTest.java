package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.Test;

class InboundConcentrationTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();
    private long peers;

    private void opens(int count, String prefix) {
        for (int i = 0; i < count; i++) {
            alice.opens(peers++, prefix.formatted(i + 1), TestNode.INBOUND);
        }
    }

    /** Each peer sends a message now and then, so that it counts as connected. */
    private void waits(Duration duration) {
        for (long minutes = duration.toMinutes(); minutes > 0; minutes--) {
            alice.waits(Duration.ofMinutes(1));
            for (long peer = 0; peer < peers; peer++) {
                alice.receives(peer, "ping");
            }
        }
    }

    @Test
    void warnsAfterThreeWindowsInARowAndEndsAfterTwoCalmOnes() {
        opens(40, "20.%d.0.1:1000");
        waits(Duration.ofMinutes(20));
        assertThat(alerts.changesOf("InboundConcentration")).isEmpty();

        opens(40, "99.9.0.%d:1000");
        waits(Duration.ofMinutes(10));
        assertThat(alerts.changesOf("InboundConcentration")).isEmpty();
        waits(Duration.ofMinutes(5));
        assertThat(alerts.changesOf("InboundConcentration")).containsExactly("InboundConcentration alice warn");
        assertThat(alerts.last().evidence().subjects().get("netgroups")).startsWith("99.9.0.0/16");
        assertThat(alerts.measured("top-netgroup-share")).isEqualTo(0.43); // (40 + 20 * 0.15) / (80 + 20)

        for (long peer = 40; peer < 80; peer++) {
            alice.closes(peer);
        }
        peers = 40;
        waits(Duration.ofMinutes(6));
        assertThat(alerts.changesOf("InboundConcentration")).hasSize(1);
        waits(Duration.ofMinutes(5));
        assertThat(alerts.changesOf("InboundConcentration")).endsWith("InboundConcentration alice resolved");
    }

    @Test
    void aPassingCrowdIsQuiet() {
        opens(40, "20.%d.0.1:1000");
        opens(40, "99.9.0.%d:1000");
        waits(Duration.ofMinutes(8));
        for (long peer = 40; peer < 80; peer++) {
            alice.closes(peer);
        }
        peers = 40;
        waits(Duration.ofMinutes(30));

        assertThat(alerts.changesOf("InboundConcentration")).isEmpty();
    }

    @Test
    void fewPeersAreNotJudged() {
        opens(19, "99.9.0.%d:1000");
        waits(Duration.ofMinutes(30));

        assertThat(alerts.changesOf("InboundConcentration")).isEmpty();
    }

    @Test
    void peersThroughTorAllComeFromTheLocalDaemonAndAreNoEvidence() {
        opens(100, "127.0.0.1:%d");
        waits(Duration.ofMinutes(30));

        assertThat(alerts.changesOf("InboundConcentration")).isEmpty();
    }

    @Test
    void pagesTogetherWithOutboundTurnoverAndWarnsAgainAfterIt() {
        opens(20, "20.%d.0.1:1000");
        opens(40, "99.9.0.%d:1000");
        for (int i = 0; i < 8; i++) {
            alice.opens(500 + i, (60 + i) + ".0.0.1:8333", TestNode.FULL_RELAY);
        }
        waits(Duration.ofMinutes(20));
        assertThat(alerts.changesOf("InboundConcentration")).containsExactly("InboundConcentration alice warn");
        for (int i = 0; i < 6; i++) {
            alice.closes(500 + i).opens(600 + i, (80 + i) + ".0.0.1:8333", TestNode.FULL_RELAY);
        }
        alice.waits(Duration.ofSeconds(2));
        assertThat(alerts.changesOf("InboundConcentration")).endsWith("InboundConcentration alice page");
        waits(Duration.ofMinutes(37));
        assertThat(alerts.changesOf("InboundConcentration")).endsWith("InboundConcentration alice warn");
    }
}
