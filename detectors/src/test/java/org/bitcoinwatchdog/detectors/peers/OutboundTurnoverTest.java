package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.ConnectionType;
import org.junit.jupiter.api.Test;

class OutboundTurnoverTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();

    private void fillsSlots(int firstPeer, String prefix) {
        for (int i = 0; i < 10; i++) {
            alice.opens(firstPeer + i, prefix.formatted(20 + i),
                    i < 8 ? TestNode.FULL_RELAY : ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY);
        }
    }

    @Test
    void warnsOnceSixSlotsLostTheirPeersAndEndsHalfAnHourLater() {
        fillsSlots(0, "%d.0.0.1:8333");
        alice.waits(Duration.ofMinutes(15));
        for (int peer = 0; peer < 5; peer++) {
            alice.closes(peer).opens(100 + peer, (60 + peer) + ".0.0.1:8333", TestNode.FULL_RELAY).waits(Duration.ofMinutes(1));
        }
        assertThat(alerts.changes()).isEmpty();
        alice.closes(5).opens(105, "65.0.0.1:8333", TestNode.FULL_RELAY).waits(Duration.ofSeconds(1));
        assertThat(alerts.changes()).containsExactly("OutboundTurnover alice warn");
        assertThat(alerts.last().evidence().subjects().get("peers")).contains("20.0.0.1:8333").hasSize(6);
        assertThat(alerts.last().evidence().subjects().get("new-peers")).contains("65.0.0.1:8333");

        alice.waits(Duration.ofMinutes(20));
        assertThat(alerts.changesOf("OutboundTurnover")).hasSize(1);
        alice.waits(Duration.ofMinutes(11));
        assertThat(alerts.changesOf("OutboundTurnover")).endsWith("OutboundTurnover alice resolved");
    }

    @Test
    void attemptsThatFailAndExtraBlockRelayPeersAreNoTurnover() {
        fillsSlots(0, "%d.0.0.1:8333");
        alice.waits(Duration.ofMinutes(15));
        for (int peer = 100; peer < 130; peer++) {
            alice.opens(peer, peer + ".0.0.1:8333", ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY).waits(Duration.ofSeconds(45));
            alice.closes(peer);
        }
        assertThat(alerts.changesOf("OutboundTurnover")).isEmpty();
    }

    @Test
    void aRestartIsNoTurnover() {
        fillsSlots(0, "%d.0.0.1:8333");
        alice.waits(Duration.ofMinutes(15));
        for (int peer = 0; peer < 10; peer++) {
            alice.closes(peer);
        }
        alice.waits(Duration.ofSeconds(20)).stopped().bitcoindRestarted();
        fillsSlots(0, "%d.7.0.1:8333");
        alice.waits(Duration.ofMinutes(5));

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aSlotThatWasJustBeingFilledWhenBitcoindEndsIsNoTurnover() {
        fillsSlots(0, "%d.0.0.1:8333");
        alice.waits(Duration.ofMinutes(15));
        for (int peer = 0; peer < 10; peer++) {
            alice.closes(peer);
        }
        alice.opens(10, "90.0.0.1:8333", ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY);
        alice.waits(Duration.ofSeconds(2)).closes(10).waits(Duration.ofMinutes(4)).stopped();

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void localPeersAreNoEvidence() {
        fillsSlots(0, "127.0.0.1:%d");
        alice.waits(Duration.ofMinutes(15));
        for (int peer = 0; peer < 9; peer++) {
            alice.closes(peer);
        }
        alice.waits(Duration.ofMinutes(1));

        assertThat(alerts.changes()).isEmpty();
    }
}
