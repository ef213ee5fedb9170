package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.ConnectionType;
import org.junit.jupiter.api.Test;

class OutboundConcentrationTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();

    private void healthy() {
        for (int peer = 0; peer < 10; peer++) {
            alice.opens(peer, (20 + peer) + ".0.0.1:8333",
                    peer < 8 ? TestNode.FULL_RELAY : ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY);
        }
    }

    @Test
    void warnsAtTwoPagesAtThreeAndEndsAMinuteAfterTheyAreGone() {
        healthy();
        alice.closes(0).opens(10, "29.0.7.7:8333", TestNode.FULL_RELAY);
        assertThat(alerts.changes()).containsExactly("OutboundConcentration alice warn");
        alice.closes(1).opens(11, "29.0.8.8:8333", TestNode.FULL_RELAY);
        assertThat(alerts.changes()).endsWith("OutboundConcentration alice page");
        assertThat(alerts.last().evidence().subjects().get("netgroups")).containsExactly("29.0.0.0/16");
        assertThat(alerts.last().evidence().subjects().get("peers")).hasSize(3);
        assertThat(alerts.last().evidence().complete()).isTrue();

        alice.closes(11).closes(10).waits(Duration.ofSeconds(59));
        assertThat(alerts.changes()).hasSize(2);
        alice.waits(Duration.ofSeconds(2));
        assertThat(alerts.changes()).endsWith("OutboundConcentration alice resolved");
    }

    @Test
    void aNodeThatFillsItsSlotsAsCoreDoesIsQuiet() {
        healthy();
        for (int peer = 10; peer < 60; peer++) {
            alice.closes(peer - 10).opens(peer, (20 + peer) + ".0.0.1:8333", TestNode.FULL_RELAY).waits(Duration.ofMinutes(5));
        }

        assertThat(alerts.changesOf("OutboundConcentration")).isEmpty();
    }

    @Test
    void feelersManualPeersAndInboundOnesHoldNoSlot() {
        healthy();
        alice.opens(20, "20.0.0.2:8333", ConnectionType.CONNECTION_TYPE_FEELER);
        alice.opens(21, "20.0.0.3:8333", ConnectionType.CONNECTION_TYPE_MANUAL);
        alice.opens(22, "20.0.0.4:8333", ConnectionType.CONNECTION_TYPE_ADDR_FETCH);
        alice.opens(23, "20.0.0.5:8333", TestNode.INBOUND);

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void localPeersAreNoEvidence() {
        for (int peer = 0; peer < 10; peer++) {
            alice.opens(peer, "127.0.0.1:" + (10_000 + peer), TestNode.FULL_RELAY);
        }

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void onionPeersShareTheirSixteenGroupsByChance() {
        for (int peer = 0; peer < 10; peer++) {
            alice.opens(peer, "a".repeat(55) + (char) ('a' + peer) + ".onion:8333", TestNode.FULL_RELAY);
        }

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void endsWhenBitcoindIsStopped() {
        healthy();
        alice.opens(10, "29.0.7.7:8333", TestNode.FULL_RELAY).stopped();

        assertThat(alerts.changes()).endsWith("OutboundConcentration alice resolved");
    }
}
