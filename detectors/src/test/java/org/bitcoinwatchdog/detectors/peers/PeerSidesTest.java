package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.events.Headers;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Version;
import org.junit.jupiter.api.Test;

/** The side of each outbound peer at a split, and what the rules about peers make of it. */
class PeerSidesTest {
    private static final int BRANCH = 1_000_000;
    private static final int PEERS = 8;

    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();

    private void atTheTip() {
        for (int peer = 0; peer < PEERS; peer++) {
            alice.opens(peer, (20 + peer) + ".0.0.1:8333", TestNode.FULL_RELAY);
        }
        alice.connects(99);
        ownBlock(100);
        waits(31);
    }

    private void ownBlock(int height) {
        for (int peer = 0; peer < PEERS; peer++) {
            if (alice.openPeers().contains((long) peer) && peer % 2 == 0) {
                alice.receivesHeader(peer, height);
            }
        }
        alice.connects(height);
    }

    private void branchBlock(int height, int... peers) {
        for (int peer : peers) {
            alice.receivesHeader(peer, BRANCH + height, height == 101 ? 100 : BRANCH + height - 1, TestNode.EASY, true);
        }
    }

    private void waits(int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            alice.openPeers().forEach(peer -> alice.receives(peer, "ping"));
            alice.waits(Duration.ofMinutes(1));
        }
    }

    @Test
    void pagesWhenFewerThanFourPeersAreOnTheNodesChain() {
        atTheTip();
        ownBlock(101);
        for (int height = 101; height < 104; height++) {
            branchBlock(height, 1, 2, 3, 4, 5);
            waits(3);
        }
        waits(3);
        assertThat(alerts.changesOf("OutboundLoss")).containsExactly("OutboundLoss alice page");
        assertThat(alerts.all()).anyMatch(alert -> alert.annotations().get("summary")
                .startsWith("Only 3 of 8 outbound full-relay peers of alice are on its chain"));
        for (int peer = 1; peer < 4; peer++) {
            alice.receivesHeader(peer, 102);
        }
        alice.connects(102);
        waits(4);
        assertThat(alerts.changesOf("OutboundLoss")).endsWith("OutboundLoss alice resolved");
    }

    /** The peers' headers of these blocks are no other branch. */
    @Test
    void blocksWhoseEventsWereLostPutNoPeerOnAnotherChain() {
        atTheTip();
        for (int height = 101; height < 105; height++) {
            for (int peer = 1; peer < 6; peer++) {
                alice.receivesHeader(peer, height);
            }
        }
        waits(1);
        alice.connects(110);
        waits(10);
        assertThat(alerts.changesOf("OutboundLoss")).isEmpty();
    }

    @Test
    void aRaceOfTwoBlocksPagesNobody() {
        atTheTip();
        ownBlock(101);
        branchBlock(101, 1, 2, 3, 4, 5);
        branchBlock(102, 1, 2, 3, 4, 5);
        ownBlock(102);
        waits(20);
        assertThat(alerts.changesOf("OutboundLoss")).isEmpty();
    }

    @Test
    void peersThatFollowOurBranchAfterAReorganizationAreOnTheChain() {
        atTheTip();
        ownBlock(101);
        for (int height = 101; height < 104; height++) {
            branchBlock(height, 1, 2, 3, 4, 5);
            alice.connects(BRANCH + height, height);
        }
        waits(10);
        assertThat(alerts.changesOf("OutboundLoss")).isEmpty();
    }

    @Test
    void peersWithOtherHeadersAreOnAnotherChainAtOnce() {
        atTheTip();
        for (int peer = 0; peer < 5; peer++) {
            alice.receives(peer, "headers", message -> message.setHeaders(Headers.newBuilder().setCount(1).setOtherForm(1)));
        }
        waits(7);
        assertThat(alerts.changesOf("OutboundLoss")).containsExactly("OutboundLoss alice page");
        assertThat(alerts.changesOf("ForkBranch")).as("no branch of valid work").isEmpty();
        assertThat(alerts.changesOf("AnnouncedNotConnected")).isEmpty();
    }

    @Test
    void aNodeOfTheOtherChainHasItsPeersThere() {
        atTheTip();
        alice.does(event -> event.setOutboundMessage(Message.newBuilder().setPeer(alice.peer(0))
                .setType("version").setVersion(Version.newBuilder().setServices(1L << 28))));
        for (int peer = 0; peer < PEERS; peer++) {
            alice.receives(peer, "headers", message -> message.setHeaders(Headers.newBuilder().setCount(1).setOtherForm(1)));
        }
        waits(10);
        assertThat(alerts.changesOf("OutboundLoss")).isEmpty();
    }

    @Test
    void peersThatCoreDropsForTheirBranchAreNoTurnover() {
        atTheTip();
        ownBlock(101);
        branchBlock(101, 0, 1, 2, 3, 4, 5);
        waits(22);
        for (int peer = 0; peer < 6; peer++) {
            alice.closes(peer).opens(100 + peer, (60 + peer) + ".0.0.1:8333", TestNode.FULL_RELAY);
        }
        waits(5);
        assertThat(alerts.changesOf("OutboundTurnover")).isEmpty();
        assertThat(alerts.changesOf("OutboundLoss")).isEmpty();
    }
}
