package org.bitcoinwatchdog.detectors.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.Test;

class PeersTest {
    private final Continuity continuity = new Continuity();
    private final Peers peers = new Peers(Optional.empty());
    private final TestNode node = new TestNode("alice", event -> {
        continuity.take(event);
        peers.on(event, continuity);
        peers.tick(continuity);
    }).started();

    @Test
    void followsThoseOpenedClosedAndEvicted() {
        node.opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY).opens(2, "45.0.0.1:1", TestNode.INBOUND)
                .opens(3, "46.0.0.1:1", TestNode.INBOUND);
        node.closes(1).evicts(2).closes(2);

        assertThat(peers.open()).extracting(Peer::id).containsExactly(3L);
        assertThat(peers.find(3).orElseThrow().openedAtNs()).isEqualTo(TestNode.ns(node.now()));
    }

    @Test
    void learnsOfThoseThatWereThereBeforeTheAgent() {
        node.knows(9, "44.0.0.1:8333", TestNode.FULL_RELAY).receives(9, "ping");

        assertThat(peers.find(9).orElseThrow().openedAtNs()).isZero();
        assertThat(peers.find(9).orElseThrow().holdsOutboundSlot()).isTrue();
    }

    @Test
    void aMessageAfterTheEndBringsNobodyBack() {
        node.opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY).closes(1).receives(1, "tx");

        assertThat(peers.open()).isEmpty();
    }

    @Test
    void dropsThoseThatWereSilentForLongerThanCoreAllows() {
        node.opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY).opens(2, "45.0.0.1:8333", TestNode.FULL_RELAY);
        for (int minute = 0; minute < 26; minute++) {
            node.waits(Duration.ofMinutes(1)).sends(2, "ping");
        }

        assertThat(peers.open()).extracting(Peer::id).containsExactly(2L);
    }

    @Test
    void afterAHoleDropsThoseThatWereNotHeardOfAgain() {
        node.opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY).opens(2, "45.0.0.1:8333", TestNode.FULL_RELAY);
        node.agentRestartedAfter(Duration.ofMinutes(3)).receives(2, "pong").waits(Duration.ofMinutes(6));

        assertThat(peers.open()).extracting(Peer::id).containsExactly(2L);
    }

    @Test
    void anotherBitcoindHasNoneOfThem() {
        node.opens(1, "44.0.0.1:8333", TestNode.FULL_RELAY).bitcoindRestarted();

        assertThat(peers.open()).isEmpty();
    }
}
