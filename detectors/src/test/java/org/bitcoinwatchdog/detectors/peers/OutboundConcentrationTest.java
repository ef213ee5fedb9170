package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.network.AsmapEncoder;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.NodeOptions;
import org.bitcoinwatchdog.events.NodeStarted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void aNodeWithAnAsmapOfItsOwnMayHaveAFewInOneNetgroup() {
        alice.does(event -> event.setNodeStarted(NodeStarted.newBuilder().setPid(1).setOptions(NodeOptions.newBuilder().setAsmap(true))));
        healthy();
        for (int peer = 0; peer < 3; peer++) {
            alice.closes(peer).opens(10 + peer, "29.0." + peer + ".7:8333", TestNode.FULL_RELAY);
        }
        assertThat(alerts.changes()).isEmpty(); // with the one in 29.0.0.0/16 these are four

        alice.closes(3).opens(13, "29.0.8.8:8333", TestNode.FULL_RELAY);
        assertThat(alerts.changes()).containsExactly("OutboundConcentration alice warn");
        assertThat(alerts.last().annotations().get("description")).contains("in different autonomous systems by itself; warns from 5");
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
    void aPeerWhoseEndWasLostAndTheOneThatTookItsSlotAreNotTwo() {
        healthy();
        alice.waits(Duration.ofMinutes(1)).loses("net:closed_connection"); // of peer 0
        alice.opens(10, "20.0.7.7:8333", TestNode.FULL_RELAY);
        for (int i = 0; i < 40; i++) {
            for (int peer = 1; peer <= 10; peer++) {
                alice.receives(peer, "ping");
            }
            alice.loses("net:closed_connection").waits(Duration.ofSeconds(30));
        }

        assertThat(alerts.changesOf("OutboundConcentration")).isEmpty();
    }

    @Test
    void aCaptureWhileConnectionsAreLostIsToldOnceAllWereHeard() {
        healthy();
        alice.opens(10, "20.0.7.7:8333", TestNode.FULL_RELAY);
        for (int i = 0; i < 8; i++) {
            alice.loses("net:closed_connection").receives(0, "ping").receives(10, "ping").waits(Duration.ofSeconds(30));
        }

        assertThat(alerts.changesOf("OutboundConcentration")).contains("OutboundConcentration alice warn");
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

    @Test
    void fiveOfOneAsAreToldOnceTheyHaveSettled(@TempDir Path folder) throws IOException {
        TestNode bob = withOneAsOf20To23And24(folder);

        for (int peer = 0; peer < 10; peer++) {
            bob.opens(peer, (20 + peer) + ".0.0.1:8333", TestNode.FULL_RELAY);
        }
        bob.waits(Duration.ofSeconds(115));
        assertThat(alerts.changes()).isEmpty();
        bob.waits(Duration.ofSeconds(6));
        assertThat(alerts.changes()).containsExactly("OutboundConcentration bob warn");
        assertThat(alerts.measured("slots-in-one-as")).isEqualTo(5);
    }

    @Test
    void aConnectionOfLessThanAMinuteMakesNoFifth(@TempDir Path folder) throws IOException {
        TestNode bob = withOneAsOf20To23And24(folder);
        for (int peer = 0; peer < 10; peer++) {
            bob.opens(peer, (peer < 4 ? 20 + peer : 30 + peer) + ".0.0.1:8333", TestNode.FULL_RELAY);
        }
        bob.waits(Duration.ofMinutes(5)).opens(10, "24.0.0.1:8333", ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY)
                .waits(Duration.ofSeconds(45)).closes(10).waits(Duration.ofMinutes(5));

        assertThat(alerts.changes()).isEmpty();
    }

    private TestNode withOneAsOf20To23And24(Path folder) throws IOException {
        Path map = Files.write(folder.resolve("map"),
                new AsmapEncoder(false).prefix("::", 0, 1).prefix("20.0.0.0", 6, 1000)
                .prefix("24.0.0.0", 8, 1000).prefix("28.0.0.0", 6, 2).prefix("36.0.0.0", 6, 3).encode());
        return new TestNode("bob", new OfflineDetection(DetectorSettings.defaults().withAsmap(map), alerts)::on).started();
    }
}
