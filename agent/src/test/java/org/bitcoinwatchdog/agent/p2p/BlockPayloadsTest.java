package org.bitcoinwatchdog.agent.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.HexFormat;
import org.bitcoinwatchdog.agent.recording.Received;
import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Undecodable;
import org.junit.jupiter.api.Test;

/** headers, block, cmpctblock and related messages. */
class BlockPayloadsTest {
    /** The main chain's genesis block. */
    private static final String HEADER =
            "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3"
            + "888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";
    private static final String HASH = "6fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000";

    @Test
    void readsAHeaderAndItsHash() {
        Message message = Received.whole("headers", new WireBytes().compact(1).hex(HEADER).compact(0));
        assertThat(message.getHeaders().getHeadersList()).containsExactly(genesis());
    }

    @Test
    void countsHeadersThatWereNotCaptured() {
        WireBytes payload = new WireBytes().compact(2_000);
        for (int i = 0; i < 2_000; i++) {
            payload.hex(HEADER).compact(0);
        }
        Message message = Received.whole("headers", payload);
        assertThat(message.getSizeBytes()).isEqualTo(162_003);
        assertThat(message.getCapturedBytes()).isEqualTo(4_096);
        assertThat(message.getHeaders().getCount()).isEqualTo(2_000);
        assertThat(message.getHeaders().getHeadersCount()).isEqualTo(50);
    }

    @Test
    void countsHeadersOfAnotherFormAndReadsThoseAroundThem() {
        WireBytes payload = new WireBytes().compact(4).hex(HEADER).compact(0).bytes(otherForm()).compact(0)
                .bytes(otherForm()).compact(0).hex(HEADER).compact(0);
        Message message = Received.whole("headers", payload);
        assertThat(message.getHeaders().getHeadersList()).containsExactly(genesis(), genesis());
        assertThat(message.getHeaders().getOtherForm()).isEqualTo(2);
        assertThat(message.getHeaders().getCount()).isEqualTo(4);
    }

    @Test
    void aBlockOfAnotherFormHasNoHashButItsTransactions() {
        for (String type : new String[] {"block", "cmpctblock"}) {
            WireBytes payload = new WireBytes().bytes(otherForm());
            payload = type.equals("block") ? payload.compact(3) : payload.int64(7).compact(2).repeat(1, 12).compact(1);
            Message message = Received.cut(type, payload.toBytes(), 3_000);
            assertThat(message.getBlock()).as(type).isEqualTo(
                    AnnouncedBlock.newBuilder().setOtherForm(true).setTransactions(3).build());
        }
    }

    @Test
    void aHeaderOfAnotherFormThatEndsEarlyIsTooShort() {
        byte[] early = Arrays.copyOf(otherForm(), 163);
        assertThat(Received.whole("headers", new WireBytes().compact(1).bytes(early)).getUndecodable())
                .isEqualTo(Undecodable.UNDECODABLE_TOO_SHORT);
        assertThat(Received.cut("headers", new WireBytes().compact(1).bytes(early).toBytes(), 166).getHeaders().getOtherForm())
                .isZero();
    }

    /** Version bit 31, and bytes that a reader of 80 would take for a header and its count of transactions. */
    private static byte[] otherForm() {
        return new WireBytes().int32(0xa000_0010L).repeat(0xfd, 160).toBytes();
    }

    @Test
    void refusesMoreThan2000Headers() {
        byte[] payload = new WireBytes().compact(2_001).toBytes();
        assertThat(Received.cut("headers", payload, 162_084).getUndecodable()).isEqualTo(Undecodable.UNDECODABLE_TOO_MANY);
    }

    @Test
    void readsTheTransactionsOfABlock() {
        Message message = Received.cut("block", new WireBytes().hex(HEADER).compact(4_000).toBytes(), 1_500_000);
        assertThat(message.getBlock().getHeader()).isEqualTo(genesis());
        assertThat(message.getBlock().getTransactions()).isEqualTo(4_000);
    }

    @Test
    void refusesABlockThatCannotHoldItsTransactions() {
        Message message = Received.cut("block", new WireBytes().hex(HEADER).compact(0x0200_0000).toBytes(), 4_000_000);
        assertThat(message.getUndecodable()).isEqualTo(Undecodable.UNDECODABLE_TOO_SHORT);
        assertThat(message.hasBlock()).isFalse();
    }

    @Test
    void countsShortIdsAndPrefilledTransactions() {
        WireBytes payload = new WireBytes().hex(HEADER).int64(1).compact(300).repeat(1, 1_800).compact(2);
        assertThat(Received.cut("cmpctblock", payload.toBytes(), 3_000).getBlock().getTransactions()).isEqualTo(302);
    }

    @Test
    void countsShortIdsAloneWhereTheCaptureEndsAmongThem() {
        WireBytes payload = new WireBytes().hex(HEADER).int64(1).compact(3_000).repeat(1, 18_000).compact(1).repeat(0, 200);
        Message message = Received.whole("cmpctblock", payload);
        assertThat(message.getUndecodable()).isEqualTo(Undecodable.UNDECODABLE_UNSPECIFIED);
        assertThat(message.getBlock().getTransactions()).isEqualTo(3_000);
    }

    @Test
    void refusesACompactBlockOfMoreThan65535Transactions() {
        byte[] payload = new WireBytes().hex(HEADER).int64(1).compact(0).compact(65_536).toBytes();
        assertThat(Received.cut("cmpctblock", payload, 4_000_000).getUndecodable())
                .isEqualTo(Undecodable.UNDECODABLE_TOO_MANY);
    }

    @Test
    void refusesIndexesBeyond16Bits() {
        byte[] valid = new WireBytes().hex(HASH).compact(2).compact(0xfffe).compact(0).toBytes();
        byte[] beyond = new WireBytes().hex(HASH).compact(2).compact(0xffff).compact(0).toBytes();
        assertThat(Received.whole("getblocktxn", valid).getBlockTransactions().getCount()).isEqualTo(2);
        assertThat(Received.whole("getblocktxn", beyond).getUndecodable()).isEqualTo(Undecodable.UNDECODABLE_BAD_VALUE);
    }

    @Test
    void readsHowManyTransactionsFollow() {
        Message message = Received.whole("blocktxn", new WireBytes().hex(HASH).compact(3).repeat(0, 100));
        assertThat(message.getBlockTransactions().getBlockHash()).isEqualTo(bytes(HASH));
        assertThat(message.getBlockTransactions().getCount()).isEqualTo(3);
    }

    @Test
    void readsTheLocatorsNewestBlock() {
        byte[] payload = new WireBytes().int32(70016).compact(101).hex(HASH).repeat(1, 3_200).repeat(0, 32).toBytes();
        Message message = Received.whole("getheaders", payload);
        assertThat(message.getGetHeaders().getLocatorCount()).isEqualTo(101);
        assertThat(message.getGetHeaders().getFirstLocatorHash()).isEqualTo(bytes(HASH));
        assertThat(Received.whole("getheaders", Arrays.copyOf(payload, payload.length - 1)).getUndecodable())
                .isEqualTo(Undecodable.UNDECODABLE_TOO_SHORT);
    }

    @Test
    void takesALocatorWithoutBlocksButNoneOfMoreThan101() {
        assertThat(Received.whole("getblocks", new WireBytes().int32(1).compact(0).repeat(0, 32)).hasGetHeaders()).isTrue();
        assertThat(Received.whole("getblocks", new WireBytes().int32(1).compact(102).repeat(0, 103 * 32)).getUndecodable())
                .isEqualTo(Undecodable.UNDECODABLE_TOO_MANY);
    }

    private static BlockHeader genesis() {
        return BlockHeader.newBuilder().setHash(bytes(HASH)).setPreviousHash(ByteString.copyFrom(new byte[32]))
                .setTimeS(1231006505).setBits(0x1d00ffff).setProofOfWorkValid(true).setVersion(1).build();
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
