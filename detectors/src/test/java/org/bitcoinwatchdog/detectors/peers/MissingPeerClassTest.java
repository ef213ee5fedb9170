package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.NodeOptions;
import org.bitcoinwatchdog.events.NodeStarted;
import org.junit.jupiter.api.Test;

class MissingPeerClassTest {
    private static final int FULL_RELAY = 8;
    private static final NodeOptions DEFAULTS = NodeOptions.getDefaultInstance();

    private final AlertLog log = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), log);
    private final TestNode alice = new TestNode("alice", detection::on);
    private int next = 100;
    private int pid = 1;

    @Test
    void warnsTwoHoursAfterTheLastBlockRelayPeerAndTheLastFeeler() {
        starts(DEFAULTS);
        healthy(Duration.ofHours(2));
        feeler();
        alice.closes(8).closes(9);
        talks(Duration.ofMinutes(119));
        assertThat(changes()).isEmpty();

        talks(Duration.ofMinutes(2));
        assertThat(changes()).containsExactly("MissingPeerClass alice warn");
        talks(Duration.ofMinutes(10));
        assertThat(log.last().annotations().get("summary")).contains("no block-relay-only peer").contains("no feeler");
        opensBlockRelay();
        healthy(Duration.ofMinutes(20));
        assertThat(changes()).containsExactly("MissingPeerClass alice warn", "MissingPeerClass alice resolved");
    }

    @Test
    void aLadderThatStopsAfterARestartIsFoundWhereTheOptionsAllowTheClasses() {
        starts(DEFAULTS);
        healthy(Duration.ofHours(2));
        alice.stopped();
        starts(DEFAULTS);
        opensFullRelay(7); // no eighth peer, so no later class either
        talks(Duration.ofMinutes(125));

        assertThat(changes()).containsExactly("MissingPeerClass alice warn");
    }

    @Test
    void optionsExplainWhatIsMissing() {
        for (NodeOptions options : new NodeOptions[] {
            NodeOptions.newBuilder().setMaxConnections(8).build(), NodeOptions.newBuilder().setNoAutomaticOutbound(true).build()}) {
            starts(DEFAULTS);
            healthy(Duration.ofHours(1));
            alice.stopped();
            starts(options);
            opensFullRelay(FULL_RELAY);
            talks(Duration.ofHours(5));
            alice.stopped();
        }

        assertThat(changes()).isEmpty();
    }

    @Test
    void aFewMoreConnectionsLeaveRoomForBlockRelayPeersButNotForFeelers() {
        starts(DEFAULTS);
        healthy(Duration.ofHours(1));
        alice.stopped();
        starts(NodeOptions.newBuilder().setMaxConnections(10).build());
        opensFullRelay(FULL_RELAY);
        opensBlockRelay();
        talks(Duration.ofHours(5));

        assertThat(changes()).isEmpty();
    }

    @Test
    void anAgentThatDoesNotTellTheOptionsForgetsTheClassesAtARestart() {
        alice.started();
        opensFullRelay(FULL_RELAY);
        opensBlockRelay();
        healthy(Duration.ofHours(1));
        alice.stopped().bitcoindRestarted();
        opensFullRelay(FULL_RELAY);
        talks(Duration.ofHours(5));

        assertThat(changes()).isEmpty();
    }

    @Test
    void aNodeThatNeverHadTheClassesAndOneThatIsOfflineAreQuiet() {
        starts(DEFAULTS);
        opensFullRelay(3); // Tor only, with few addresses
        talks(Duration.ofHours(5));
        for (int peer = 0; peer < 3; peer++) {
            alice.closes(peer);
        }
        opensFullRelay(FULL_RELAY);
        opensBlockRelay();
        healthy(Duration.ofHours(1));
        for (int peer = 0; peer < FULL_RELAY + 2; peer++) {
            alice.closes(peer);
        }
        alice.waits(Duration.ofHours(5));

        assertThat(changes()).isEmpty();
    }

    @Test
    void feelersThatAreRareByNatureAreGivenMoreTime() {
        starts(DEFAULTS);
        opensFullRelay(FULL_RELAY);
        opensBlockRelay();
        for (int feeler = 0; feeler < 20; feeler++) {
            feeler();
            talks(Duration.ofMinutes(60));
        }
        talks(Duration.ofHours(4));
        assertThat(changes()).isEmpty();

        talks(Duration.ofHours(6));
        assertThat(changes()).containsExactly("MissingPeerClass alice warn");
    }

    private java.util.List<String> changes() {
        return log.changesOf("MissingPeerClass");
    }

    private void starts(NodeOptions options) {
        int process = ++pid;
        alice.leaps(Duration.ofSeconds(1)).agentAttaches()
                .does(event -> event.setNodeStarted(NodeStarted.newBuilder().setPid(process).setOptions(options)))
                .process(process);
        if (process == 2) {
            opensFullRelay(FULL_RELAY);
            opensBlockRelay();
        }
    }

    private void opensFullRelay(int peers) {
        for (int peer = 0; peer < peers; peer++) {
            alice.opens(peer, (20 + peer) + ".0.0.1:8333", TestNode.FULL_RELAY);
        }
    }

    private void opensBlockRelay() {
        alice.opens(8, "28.0.0.1:8333", ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY);
        alice.opens(9, "29.0.0.1:8333", ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY);
    }

    /** A feeler every ten minutes. */
    private void healthy(Duration lasts) {
        for (long minutes = 0; minutes < lasts.toMinutes(); minutes += 10) {
            feeler();
            talks(Duration.ofMinutes(10));
        }
    }

    private void feeler() {
        next++;
        alice.opens(next, "30." + next % 200 + ".0.1:8333", ConnectionType.CONNECTION_TYPE_FEELER).closes(next);
    }

    /** Core pings its peers, so they stay known. */
    private void talks(Duration lasts) {
        for (long minute = 0; minute < lasts.toMinutes(); minute++) {
            alice.waits(Duration.ofMinutes(1));
            pings();
        }
    }

    private void pings() {
        alice.openPeers().forEach(peer -> alice.receives(peer, "pong"));
    }
}
