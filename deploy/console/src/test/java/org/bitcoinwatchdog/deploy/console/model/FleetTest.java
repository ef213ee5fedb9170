package org.bitcoinwatchdog.deploy.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.deploy.console.Traffic;
import org.bitcoinwatchdog.deploy.console.model.FleetView.NodeRow;
import org.bitcoinwatchdog.deploy.console.model.NodeView.AddressesView;
import org.bitcoinwatchdog.deploy.console.model.NodeView.RatesView;
import org.bitcoinwatchdog.deploy.console.model.NodeView.ScoreView;
import org.bitcoinwatchdog.deploy.console.model.PeersView.PeerView;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.MisbehavingConnection;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.NodeStopped;
import org.bitcoinwatchdog.events.NodeUnfollowed;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Tip;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final Instant BEGIN = Instant.ofEpochSecond(Traffic.BEGIN_S);
    private static final String PEER = "198.41.7.9:8333";

    private final Fleet fleet = new Fleet(Clock.fixed(BEGIN.plusSeconds(60), ZoneOffset.UTC), AutonomousSystems.UNKNOWN);
    private final Traffic alice = new Traffic("alice");

    @Test
    void showsTheBlockThatWasConnectedLastAndItsAgeByTheNodesClock() {
        hear(59, alice.block(10, 840_000), alice.block(40, 840_001), alice.event(59).setHeartbeat(Heartbeat.getDefaultInstance()).build());

        NodeRow row = row("alice");
        assertThat(row.tip().height()).isEqualTo(840_001);
        assertThat(row.clockMs() - row.tip().connectedMs()).isEqualTo(20_000);
    }

    @Test
    void writesAHashAsPeopleDo() {
        hear(1, alice.block(1, 7));

        assertThat(row("alice").tip().hash()).isEqualTo("0".repeat(62) + "07");
    }

    @Test
    void tellsHowManyBlocksANodeIsBehindTheBestOfItsNetwork() {
        hear(2, alice.block(1, 100), new Traffic("bob").block(1, 103));

        assertThat(row("alice").behind()).isEqualTo(3);
        assertThat(row("bob").behind()).isZero();
    }

    @Test
    void takesTheTipOfADigestUntilABlockIsConnected() {
        fleet.fold(NodeDigest.newBuilder().setNode("alice").setNetwork("main").setAtNs(ns(20))
                .setTip(Tip.newBuilder().setHeight(99).setConnectedAtNs(ns(5))).setInboundPeers(40).build(), BEGIN.plusSeconds(20));

        assertThat(row("alice").tip().height()).isEqualTo(99);
        assertThat(row("alice").inbound()).isEqualTo(40);
        hear(30, alice.block(30, 100));
        assertThat(row("alice").tip().height()).isEqualTo(100);
    }

    @Test
    void aNodeThatHasNotSpokenForTenSecondsIsSilent() {
        hear(49, alice.block(49, 1));
        hear(55, new Traffic("bob").block(55, 1));

        assertThat(row("alice").state()).isEqualTo(NodeRow.NodeCondition.SILENT);
        assertThat(row("bob").state()).isEqualTo(NodeRow.NodeCondition.LIVE);
    }

    @Test
    void aNodeThatIsNoLongerFollowedIsGoneUntilItStartsAgain() {
        List<String> gone = new ArrayList<>();
        Fleet followed = new Fleet(Clock.fixed(BEGIN, ZoneOffset.UTC), AutonomousSystems.UNKNOWN, gone::add);
        followed.fold(alice.block(1, 100));
        followed.fold(alice.event(2).setNodeUnfollowed(NodeUnfollowed.getDefaultInstance()).build());
        followed.fold(alice.block(3, 101));
        assertThat(followed.view().nodes()).as("a late event").isEmpty();
        assertThat(gone).containsExactly("alice");

        followed.fold(alice.event(4).setNodeStarted(NodeStarted.getDefaultInstance()).build());
        assertThat(followed.view().nodes()).hasSize(1);
    }

    @Test
    void digestsDecideWhetherANodeIsFollowed() {
        NodeDigest digest = NodeDigest.newBuilder().setNode("alice").setNetwork("main").setAtNs(ns(20)).build();
        fleet.fold(alice.event(2).setNodeUnfollowed(NodeUnfollowed.getDefaultInstance()).build());
        fleet.fold(digest, BEGIN);
        assertThat(fleet.view().nodes()).as("still to be unfollowed by the detectors").hasSize(1);

        fleet.fold(digest.toBuilder().setUnfollowed(true).build(), BEGIN);
        assertThat(fleet.view().nodes()).isEmpty();
        fleet.fold(alice.block(3, 101));
        assertThat(fleet.view().nodes()).isEmpty();
    }

    @Test
    void listsWhoIsConnectedWithWhatTheySaid() {
        hear(10, alice.opened(1, 7, PEER), alice.version(2, 7, PEER, "/Satoshi:31.0.0/"), alice.received(3, 7, PEER, "inv"),
                alice.opened(4, 8, "198.41.9.9:1"));

        PeersView peers = node().peers();
        assertThat(peers.peers()).extracting(PeerView::id).containsExactly(7L, 8L);
        PeerView seven = peers.peers().get(0);
        assertThat(seven.userAgent()).isEqualTo("/Satoshi:31.0.0/");
        assertThat(seven.received()).isEqualTo(2);
        assertThat(seven.lastType()).isEqualTo("inv");
        assertThat(peers.netgroups()).containsExactly(new PeersView.GroupCount("198.41.0.0/16", 2, 0));
        assertThat(peers.networks()).isEqualTo(Map.of("ipv4", new PeersView.ByDirection(2, 0)));
    }

    @Test
    void forgetsAPeerThatLeft() {
        hear(10, alice.opened(1, 7, PEER), alice.closed(2, 7, PEER));

        assertThat(node().peers().peers()).isEmpty();
        assertThat(node().peers().closed()).isEqualTo(1);
    }

    @Test
    void anotherProcessHasOtherPeersAndARestartedAgentHasTheSame() {
        NodeEvent.Builder started = alice.event(0).setNodeStarted(NodeStarted.newBuilder().setPid(5));
        hear(10, started.build(), alice.opened(1, 7, PEER));
        hear(10, alice.event(2).setNodeStarted(NodeStarted.newBuilder().setPid(5)).build());
        assertThat(node().peers().peers()).hasSize(1);

        hear(10, alice.event(3).setNodeStopped(NodeStopped.newBuilder().setCause(NodeStopped.Cause.CAUSE_PROCESS_ENDED)).build());
        assertThat(row("alice").state()).isEqualTo(NodeRow.NodeCondition.STOPPED);
        hear(10, alice.event(4).setNodeStarted(NodeStarted.newBuilder().setPid(6)).build());
        assertThat(row("alice").state()).isNotEqualTo(NodeRow.NodeCondition.STOPPED);
        assertThat(node().peers().peers()).isEmpty();
    }

    @Test
    void countsMessagesByTypeAndTakesTypesThatCoreDoesNotKnowTogether() {
        hear(10, alice.received(41, 7, PEER, "inv"), alice.received(42, 7, PEER, "inv"), alice.received(43, 7, PEER, "evil1"),
                alice.received(44, 7, PEER, "evil2"), alice.received(55, 7, PEER, "inv"));

        assertThat(node().rates().types()).extracting(RatesView.Type::type).containsExactly("inv", "other");
        assertThat(node().rates().types()).extracting(RatesView.Type::receivedTotal).containsExactly(3L, 2L);
    }

    @Test
    void addressesAreCountedByNetgroup() {
        hear(10, alice.addresses(1, 7, PEER, 0x01020304, 0x01020505, 0x7f000001, 0xc0a80101));

        AddressesView addresses = node().addresses();
        assertThat(addresses.networks()).isEqualTo(Map.of("ipv4", 2L, "local", 1L, "unroutable", 1L));
        assertThat(addresses.netgroups().get(0)).isEqualTo(new TopCounts.TopCount("1.2.0.0/16", 2, 0));
        assertThat(addresses.peers()).containsExactly(new TopCounts.TopCount(PEER, 4, 0));
        byte[] heat = java.util.Base64.getDecoder().decode(fleet.slash16sInBase64("alice").orElseThrow());
        assertThat(heat).hasSize(65_536);
        assertThat(heat[0x0102]).isEqualTo((byte) 2);
    }

    @Test
    void scoresStandBesideTheirThresholds() {
        fleet.fold(NodeDigest.newBuilder().setNode("alice").setAtNs(ns(50)).addScores(Score.newBuilder().setRule("fleet-lag")
                .setValue(14).setThreshold(60).setUnit("seconds")).build(), BEGIN.plusSeconds(50));

        ScoreView score = node().scores().get(0);
        assertThat(score.rule()).isEqualTo("fleet-lag");
        assertThat(score.value()).isEqualTo(14);
        assertThat(score.threshold()).isEqualTo(60);
        assertThat(Arrays.asList(score.series()).subList(0, 170)).containsOnlyNulls();
        assertThat(score.series()).contains(14.0);
    }

    @Test
    void whatWasLostAndWhatIsMissingInTheSequenceAreBothCounted() {
        NodeEvent first = alice.block(1, 1);
        alice.block(2, 2);
        alice.block(3, 3);
        hear(10, first, alice.event(4).setLoss(Loss.newBuilder().setEvents(5).setDetail("the ring buffer was full")).build());

        assertThat(row("alice").lost()).isEqualTo(7);
        assertThat(node().accounting().latestLoss()).isEqualTo("the ring buffer was full");
    }

    @Test
    void misbehaviourIsCountedByReason() {
        for (int i = 0; i < 3; i++) {
            hear(10, alice.event(i).setMisbehavingConnection(MisbehavingConnection.newBuilder().setPeerId(7).setReason("headers")).build());
        }

        assertThat(node().misbehaviour()).isEqualTo(Map.of("headers", 3L));
    }

    @Test
    void aStreamHasTheLatestLinesAndThenWhatComes() throws InterruptedException {
        hear(10, alice.received(1, 7, PEER, "inv"), alice.received(2, 8, PEER, "tx"));
        MessageStream ofSeven = fleet.follow("alice", 7L);
        MessageStream ofAll = fleet.follow("alice", null);
        hear(10, alice.received(3, 7, PEER, "ping"), new Traffic("bob").received(3, 7, PEER, "pong"));

        assertThat(ofSeven.take().lines()).extracting(Line::type).containsExactly("inv", "ping");
        assertThat(ofAll.take().lines()).extracting(Line::type).containsExactly("inv", "tx", "ping");
        fleet.unfollow(ofAll);
        hear(10, alice.received(4, 7, PEER, "pong"));
        assertThat(ofAll.take().lines()).isEmpty();
    }

    private void hear(long second, NodeEvent... events) {
        for (NodeEvent event : events) {
            fleet.fold(event, BEGIN.plusSeconds(second));
        }
    }

    private NodeRow row(String name) {
        return fleet.view().nodes().stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
    }

    private NodeView node() {
        return fleet.node("alice", BEGIN.plusSeconds(60)).orElseThrow();
    }

    private static long ns(long second) {
        return (Traffic.BEGIN_S + second) * 1_000_000_000L;
    }
}
