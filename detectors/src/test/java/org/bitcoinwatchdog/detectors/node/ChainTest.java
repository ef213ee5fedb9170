package org.bitcoinwatchdog.detectors.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.node.Chain.Tip;
import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockHeader;
import org.junit.jupiter.api.Test;

class ChainTest {
    private final Continuity continuity = new Continuity();
    private final Chain chain = new Chain(CatchUp.defaults());
    private final TestNode node = new TestNode("alice", event -> {
        continuity.take(event);
        chain.on(event, continuity);
    }).started();

    @Test
    void armsAfterHalfAnHourAtTheTip() {
        node.connects(100).waits(Duration.ofMinutes(29));
        assertThat(chain.armed()).isFalse();

        node.waits(Duration.ofMinutes(1));
        assertThat(chain.armed()).isTrue();
        assertThat(chain.tip()).map(Tip::height).contains(100);
    }

    @Test
    void moreThanFiveBlocksAMinuteAreACatchUp() {
        node.waits(Duration.ofMinutes(31));
        for (int height = 1; height <= 5; height++) {
            node.connects(height);
        }
        assertThat(chain.armed()).isTrue();

        node.connects(6);
        assertThat(chain.armed()).isFalse();
    }

    @Test
    void aBlockMadeLongAgoIsACatchUpUntilAFreshOneIsConnected() {
        node.knows(1, "44.0.0.1:8333", TestNode.FULL_RELAY).waits(Duration.ofMinutes(31));
        int twoDays = 2 * 24 * 3600;
        node.receives(1, "block", message -> message.setBlock(AnnouncedBlock.newBuilder().setHeader(
                BlockHeader.newBuilder().setHash(TestNode.hash(7)).setProofOfWorkValid(true)
                        .setTimeS((int) node.now().getEpochSecond() - twoDays))));
        assertThat(chain.armed()).isTrue(); // a message of a peer does not disarm the rules

        node.connects(7).waits(Duration.ofHours(2));
        assertThat(chain.armed()).isFalse();
        node.receivesHeader(1, 8).connects(8).waits(Duration.ofMinutes(30));
        assertThat(chain.armed()).isTrue();
    }

    @Test
    void anotherAgentKeepsItArmedAndAnotherBitcoindDoesNot() {
        node.connects(100).waits(Duration.ofMinutes(31));
        node.agentRestartedAfter(Duration.ofMinutes(10));
        assertThat(chain.armed()).isTrue();

        node.bitcoindRestarted();
        assertThat(chain.armed()).isFalse();
    }

    @Test
    void theNodesOwnWordArmsItWithinTwoMinutesOfItsRestart() {
        node.connects(100).waits(Duration.ofMinutes(31)).bitcoindRestarted().waits(Duration.ofSeconds(20));
        connects(4, 100, 100).tellsFeeFilter(1, 1_000);
        node.waits(Duration.ofSeconds(59));
        assertThat(chain.armed()).isFalse();

        node.waits(Duration.ofSeconds(2));
        assertThat(chain.armed()).isTrue();
        node.agentRestartedAfter(Duration.ofMinutes(10));
        assertThat(chain.armed()).isTrue();
        node.bitcoindRestarted();
        assertThat(chain.armed()).isFalse();
    }

    @Test
    void initialBlockDownloadDisarmsItForAsLongAsTheNodeTellsIt() {
        connects(4, 10, 10);
        node.tellsFeeFilter(1, 9_170_997).waits(Duration.ofHours(2));
        assertThat(chain.armed()).isFalse();

        node.tellsFeeFilter(1, 100).waits(Duration.ofMinutes(1));
        assertThat(chain.armed()).isTrue();
    }

    @Test
    void whatPeersTellOfTheirHeightsNeitherArmsNorDisarms() {
        connects(4, 100, 100);
        node.waits(Duration.ofMinutes(10));
        assertThat(chain.armed()).isFalse(); // the node itself has not told its state

        node.tellsFeeFilter(1, 1_000).waits(Duration.ofMinutes(2));
        assertThat(chain.armed()).isTrue();
        connects(8, 100, 1_000_000);
        node.waits(Duration.ofSeconds(5));
        assertThat(chain.armed()).isTrue();
    }

    @Test
    void aNodeThatLacksBlocksOfItsPeersWaitsForThem() {
        connects(4, 97, 100).tellsFeeFilter(1, 1_000).waits(Duration.ofMinutes(5));
        assertThat(chain.armed()).isFalse();

        node.connects(98).connects(99).connects(100).waits(Duration.ofSeconds(1));
        assertThat(chain.armed()).isTrue();
    }

    @Test
    void aMinorityOfPeersThatLiesDelaysNothing() {
        connects(5, 100, 100);
        for (int liar = 20; liar < 24; liar++) {
            node.opens(liar, "44.1." + liar + ".1:8333", TestNode.FULL_RELAY).shakesHands(liar, 100, 2_000_000);
        }
        for (int liar = 30; liar < 60; liar++) {
            node.opens(liar, "44.1." + liar + ".1:8333", TestNode.INBOUND).shakesHands(liar, 100, 2_000_000);
        }
        node.tellsFeeFilter(1, 1_000).waits(Duration.ofSeconds(61));
        assertThat(chain.armed()).isTrue();
        assertThat(chain.evidence().behind()).hasValue(0);
    }

    /** Outbound peers open and tell the node's height and theirs. */
    private TestNode connects(int peers, int own, int theirs) {
        for (int id = 1; id <= peers; id++) {
            node.opens(id, "44." + id + ".0.1:8333", TestNode.FULL_RELAY).shakesHands(id, own, theirs);
        }
        return node;
    }
}
