package org.bitcoinwatchdog.agent.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bitcoinwatchdog.agent.witness.MinedChain.MinedBlock;
import org.bitcoinwatchdog.events.Network;
import org.junit.jupiter.api.Test;

class WitnessChainTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_790_100_000), ZoneOffset.UTC);

    private final MinedChain mined = new MinedChain();
    private final List<MinedBlock> main = mined.mine(null, 60, 1);
    private final WitnessChain chain = new WitnessChain(Network.REGTEST, CLOCK);

    @Test
    void startsAtTheTip() throws Exception {
        assertThat(gained(main.get(5))).containsExactly(main.get(5));
    }

    @Test
    void aTipThatStaysGainsNothing() throws Exception {
        gained(main.get(5));
        assertThat(gained(main.get(5))).isEmpty();
    }

    @Test
    void gainsEachBlockBetweenTheOldTipAndTheNewOne() throws Exception {
        gained(main.get(5));
        assertThat(gained(main.get(8))).containsExactly(main.get(6), main.get(7), main.get(8));
    }

    @Test
    void aServerOfAClusterThatIsBehindChangesNothing() throws Exception {
        gained(main.get(5));
        gained(main.get(8));
        assertThat(gained(main.get(6))).isEmpty();
        assertThat(gained(main.get(9))).containsExactly(main.get(9));
    }

    @Test
    void aBranchIsGainedOnceItHasMoreWork() throws Exception {
        List<MinedBlock> branch = mined.mine(main.get(5), 4, 2);
        gained(main.get(5));
        gained(main.get(7));
        assertThat(gained(branch.get(0))).as("less work").isEmpty();
        assertThat(gained(branch.get(1))).as("as much work").isEmpty();
        assertThat(gained(branch.get(3))).containsExactlyElementsOf(branch);
        assertThat(gained(main.get(9))).as("as much work as the branch").isEmpty();
        assertThat(gained(main.get(10))).containsExactlyElementsOf(main.subList(6, 11));
    }

    @Test
    void aWitnessThatWasAwayForLongStartsAnewAtItsTip() throws Exception {
        gained(main.get(5));
        assertThat(gained(main.get(5 + WitnessChain.LONGEST_WALK + 1))).containsExactly(main.get(5 + WitnessChain.LONGEST_WALK + 1));
    }

    @Test
    void anotherChainThatIsNotHigherIsRefused() throws Exception {
        gained(main.get(50));
        List<MinedBlock> other = mined.mine(null, 45, 3);
        assertRefused(mined.showing(other.get(44)), "no block in common");
        assertThat(gained(main.get(51))).as("what is known stays").containsExactly(main.get(51));
    }

    @Test
    void aHeaderOfAnotherBlockIsRefused() throws Exception {
        gained(main.get(5));
        assertRefused(answering(main.get(7).hash(), main.get(6).bytes()), "not that of the block that was asked for");
    }

    @Test
    void aHeaderWithoutWorkIsRefused() throws Exception {
        gained(main.get(5));
        byte[] bytes = main.get(6).bytes().clone();
        org.bitcoinwatchdog.events.BlockHeader read;
        do {
            bytes[76]++;
            read = new org.bitcoinwatchdog.agent.p2p.BlockHeaderReader("regtest").read(bytes);
        } while (read.getProofOfWorkValid());
        assertRefused(answering(read.getHash(), bytes), "no valid proof of work");
    }

    @Test
    void aHeaderOfAnotherFormIsRefused() throws Exception {
        gained(main.get(5));
        assertRefused(answering(main.get(6).hash(), new byte[164]), "a header of 164 bytes");
    }

    @Test
    void aHeaderFromTheFutureIsRefused() throws Exception {
        gained(main.get(5));
        MinedBlock ahead = mined.mine(main.get(5), (int) CLOCK.instant().getEpochSecond() + 7_201, MinedChain.REGTEST_BITS, 4);
        assertRefused(mined.showing(ahead), "two hours ahead");
    }

    @Test
    void anEndlessChainIsNotWalkedToItsEnd() throws Exception {
        gained(main.get(0));
        int[] asked = {0};
        HeaderSource source = mined.showing(main.get(59));
        HeaderSource counting = new HeaderSource() {
            @Override
            public ByteString tip() throws IOException {
                return source.tip();
            }

            @Override
            public int height(ByteString tip) throws IOException {
                return source.height(tip);
            }

            @Override
            public byte[] header(ByteString hash) throws IOException {
                asked[0]++;
                return source.header(hash);
            }

            @Override
            public void close() {
            }
        };
        chain.follow(counting);
        assertThat(asked[0]).isEqualTo(WitnessChain.LONGEST_WALK);
    }

    private List<MinedBlock> gained(MinedBlock tip) throws IOException {
        return chain.follow(mined.showing(tip)).stream().map(block -> {
            MinedBlock same = mined.block(block.header().getHash());
            assertThat(block.height()).isEqualTo(same.height());
            return same;
        }).toList();
    }

    private void assertRefused(HeaderSource source, String reason) {
        assertThatExceptionOfType(WitnessFault.class).isThrownBy(() -> chain.follow(source)).withMessageContaining(reason);
    }

    private static HeaderSource answering(ByteString tip, byte[] header) {
        return new HeaderSource() {
            @Override
            public ByteString tip() {
                return tip;
            }

            @Override
            public int height(ByteString hash) {
                return MinedChain.FIRST_HEIGHT;
            }

            @Override
            public byte[] header(ByteString hash) {
                return header.clone();
            }

            @Override
            public void close() {
            }
        };
    }
}
