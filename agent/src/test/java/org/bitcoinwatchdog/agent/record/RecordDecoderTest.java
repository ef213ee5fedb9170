package org.bitcoinwatchdog.agent.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.bitcoinwatchdog.agent.record.RecordLayout.MessageRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.RecordHeader;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Decoded;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Flaw;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Malformed;
import org.bitcoinwatchdog.agent.recording.Received;
import org.bitcoinwatchdog.agent.recording.RecordWriter;
import org.bitcoinwatchdog.agent.recording.RecordWriter.BadCallException;
import org.bitcoinwatchdog.events.AddrmanAttemptAdd;
import org.bitcoinwatchdog.events.AddrmanMoveToGood;
import org.bitcoinwatchdog.events.ApsCreateTxInternal;
import org.bitcoinwatchdog.events.AttemptingApsCreateTx;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.FlushMode;
import org.bitcoinwatchdog.events.MempoolAdded;
import org.bitcoinwatchdog.events.MempoolRejected;
import org.bitcoinwatchdog.events.MempoolRemoved;
import org.bitcoinwatchdog.events.MempoolReplaced;
import org.bitcoinwatchdog.events.MisbehavingConnection;
import org.bitcoinwatchdog.events.NormalCreateTxInternal;
import org.bitcoinwatchdog.events.OpenedConnection;
import org.bitcoinwatchdog.events.Peer;
import org.bitcoinwatchdog.events.PeerNetwork;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.SelectedCoins;
import org.bitcoinwatchdog.events.UtxoCacheCoin;
import org.bitcoinwatchdog.events.UtxoCacheFlush;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDecoderTest {
    private static final String HASH_HEX = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final ByteString HASH = hash(0);
    private static final String OTHER_HASH_HEX = "ff" + HASH_HEX.substring(2);
    private static final Peer PEER = Peer.newBuilder().setId(-7).setAddress("[2001:db8::1]:8333")
            .setConnectionType(ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY).build();

    @Test
    void decodesConnections() {
        Object[] args = {-7L, "[2001:db8::1]:8333", "block-relay-only", 2L, 1795361549L};
        OpenedConnection opened = OpenedConnection.newBuilder().setPeer(PEER)
                .setNetwork(PeerNetwork.PEER_NETWORK_IPV6).setConnections(1795361549).build();
        EndedConnection ended = EndedConnection.newBuilder().setPeer(PEER)
                .setNetwork(PeerNetwork.PEER_NETWORK_IPV6).setConnectedAtS(1795361549).build();
        assertThat(Received.event("net:inbound_connection", args).getInboundConnection()).isEqualTo(opened);
        assertThat(Received.event("net:outbound_connection", args).getOutboundConnection()).isEqualTo(opened);
        assertThat(Received.event("net:evicted_inbound_connection", args).getEvictedInboundConnection()).isEqualTo(ended);
        assertThat(Received.event("net:closed_connection", args).getClosedConnection()).isEqualTo(ended);
    }

    @ParameterizedTest
    @CsvSource({"inbound", "manual", "feeler", "outbound-full-relay", "block-relay-only", "addr-fetch", "private-broadcast"})
    void knowsEveryConnectionTypeOfCore(String spelling) {
        Peer peer = Received.event("net:inbound_connection", 1L, "a", spelling, 0L, 1L).getInboundConnection().getPeer();
        assertThat(peer.getConnectionType().name())
                .isEqualTo("CONNECTION_TYPE_" + spelling.toUpperCase(Locale.ROOT).replace('-', '_'));
        assertThat(peer.getOtherConnectionType()).isEmpty();
    }

    @Test
    void keepsTheSpellingOfAConnectionTypeThatIsNew() {
        Peer peer = Received.event("net:inbound_connection", 1L, "a", "carrier-pigeon", 0L, 1L).getInboundConnection().getPeer();
        assertThat(peer.getConnectionType()).isEqualTo(ConnectionType.CONNECTION_TYPE_UNSPECIFIED);
        assertThat(peer.getOtherConnectionType()).isEqualTo("carrier-pigeon");
    }

    @ParameterizedTest
    @CsvSource({
        "0, PEER_NETWORK_UNROUTABLE", "1, PEER_NETWORK_IPV4", "2, PEER_NETWORK_IPV6", "3, PEER_NETWORK_ONION",
        "4, PEER_NETWORK_I2P", "5, PEER_NETWORK_CJDNS", "6, PEER_NETWORK_INTERNAL", "7, PEER_NETWORK_UNSPECIFIED"})
    void knowsEveryNetworkOfCore(long number, PeerNetwork network) {
        assertThat(Received.event("net:inbound_connection", 1L, "a", "inbound", number, 1L).getInboundConnection().getNetwork())
                .isEqualTo(network);
    }

    @Test
    void decodesMisbehaviour() {
        assertThat(Received.event("net:misbehaving_connection", 3L, "addr message size = 1010").getMisbehavingConnection())
                .isEqualTo(MisbehavingConnection.newBuilder().setPeerId(3).setReason("addr message size = 1010").build());
    }

    @Test
    void decodesBlocks() {
        assertThat(Received.event("validation:block_connected", HASH_HEX, 900_000L, 4_000L, 9_000L, 20_000L, 123_456_789L)
                .getBlockConnected()).isEqualTo(BlockConnected.newBuilder().setHash(HASH).setHeight(900_000)
                .setTransactions(4_000).setInputs(9_000).setSigops(20_000).setDurationNs(123_456_789).build());
    }

    @Test
    void decodesTheUtxoCache() {
        assertThat(Received.event("utxocache:flush", 1651L, 4L, 5L, 262240L, true).getUtxoCacheFlush())
                .isEqualTo(UtxoCacheFlush.newBuilder().setDurationUs(1651).setMode(FlushMode.FLUSH_MODE_FORCE_SYNC)
                        .setCoins(5).setMemoryBytes(262240).setForPrune(true).build());
        Object[] args = {HASH_HEX, 4294967295L, 900_000L, 5_000_000_000L, true};
        UtxoCacheCoin coin = UtxoCacheCoin.newBuilder().setTxid(HASH).setOutputIndex(-1).setHeight(900_000)
                .setValueSat(5_000_000_000L).setCoinbase(true).build();
        assertThat(Received.event("utxocache:add", args).getUtxoCacheAdd()).isEqualTo(coin);
        assertThat(Received.event("utxocache:spent", args).getUtxoCacheSpent()).isEqualTo(coin);
        assertThat(Received.event("utxocache:uncache", args).getUtxoCacheUncache()).isEqualTo(coin);
    }

    @Test
    void decodesCoinSelection() {
        assertThat(Received.event("coin_selection:selected_coins", "w", "bnb", 1L, -2L, 3L).getSelectedCoins())
                .isEqualTo(SelectedCoins.newBuilder().setWallet("w").setAlgorithm("bnb").setTargetSat(1).setWasteSat(-2)
                        .setSelectedSat(3).build());
        assertThat(Received.event("coin_selection:normal_create_tx_internal", "w", true, 5L, -1L).getNormalCreateTxInternal())
                .isEqualTo(NormalCreateTxInternal.newBuilder().setWallet("w").setSucceeded(true).setFeeSat(5)
                        .setChangePosition(-1).build());
        assertThat(Received.event("coin_selection:attempting_aps_create_tx", "w").getAttemptingApsCreateTx())
                .isEqualTo(AttemptingApsCreateTx.newBuilder().setWallet("w").build());
        assertThat(Received.event("coin_selection:aps_create_tx_internal", "w", true, false, 5L, 2L).getApsCreateTxInternal())
                .isEqualTo(ApsCreateTxInternal.newBuilder().setWallet("w").setUsed(true).setFeeSat(5).setChangePosition(2).build());
    }

    @Test
    void decodesTheMempool() {
        assertThat(Received.event("mempool:added", HASH_HEX, 104L, 31200L).getMempoolAdded())
                .isEqualTo(MempoolAdded.newBuilder().setTxid(HASH).setVsizeVb(104).setFeeSat(31200).build());
        assertThat(Received.event("mempool:removed", HASH_HEX, "sizelimit", 104L, 31200L, 9L).getMempoolRemoved())
                .isEqualTo(MempoolRemoved.newBuilder().setTxid(HASH).setReason("sizelimit").setVsizeVb(104).setFeeSat(31200)
                        .setEnteredAtS(9).build());
        assertThat(Received.event("mempool:replaced", HASH_HEX, 1L, 2L, 3L, OTHER_HASH_HEX, 4L, 5L, true).getMempoolReplaced())
                .isEqualTo(MempoolReplaced.newBuilder().setReplacedTxid(HASH).setReplacedVsizeVb(1).setReplacedFeeSat(2)
                        .setReplacedEnteredAtS(3).setReplacementId(hash(0xff)).setReplacementVsizeVb(4)
                        .setReplacementFeeSat(5).setReplacementIsTxid(true).build());
        assertThat(Received.event("mempool:rejected", HASH_HEX, "insufficient fee").getMempoolRejected())
                .isEqualTo(MempoolRejected.newBuilder().setTxid(HASH).setReason("insufficient fee").build());
    }

    @Test
    void decodesTheAddressManagerOfPatchedBuilds() {
        assertThat(Received.event("addrman:attempt_add", true, 1L, 2L, "a:1", 3L, "s", 4294967295L).getAddrmanAttemptAdd())
                .isEqualTo(AddrmanAttemptAdd.newBuilder().setInserted(true).setBucket(1).setBucketPosition(2)
                        .setAddress("a:1").setAddressAs(3).setSource("s").setSourceAs(-1).build());
        assertThat(Received.event("addrman:move_to_good", 1L, 2L, "a:1", 3L, "s", 4L).getAddrmanMoveToGood())
                .isEqualTo(AddrmanMoveToGood.newBuilder().setBucket(1).setBucketPosition(2)
                        .setAddress("a:1").setAddressAs(3).setSource("s").setSourceAs(4).build());
    }

    @Test
    void turnsTheKernelsClockIntoUnixTime() throws BadCallException {
        ByteBuffer record = ping();
        record.putLong(RecordHeader.BOOT_NS, 5);
        Decoded decoded = (Decoded) decode(record, 0, record.limit(), 1_795_361_549_000_000_000L);
        assertThat(decoded.event().getObservedAtNs()).isEqualTo(1_795_361_549_000_000_005L);
        assertThat(decoded.tracepoint()).isEqualTo(Tracepoint.NET_INBOUND_MESSAGE);
    }

    @Test
    void readsDirectBuffersAnywhereAndLeavesTheirPositionAlone() throws BadCallException {
        ByteBuffer ping = ping();
        ByteBuffer ring = ByteBuffer.allocateDirect(1_024);
        for (int i = 0; i < ping.limit(); i++) {
            ring.put(100 + i, ping.get(i));
        }
        Decoded decoded = (Decoded) decode(ring, 100, 600, 0);
        assertThat(decoded.event().getInboundMessage().getNonce().getNonce()).isEqualTo(0x0807060504030201L);
        assertThat(ring.position()).isZero();
        assertThat(ring.limit()).isEqualTo(1_024);
    }

    @ParameterizedTest
    @EnumSource(Tracepoint.class)
    void saysThatARecordIsTooShort(Tracepoint tracepoint) {
        ByteBuffer record = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        record.putShort(RecordHeader.TRACEPOINT, (short) tracepoint.number());
        int whole = RecordLayout.fixedBytes(tracepoint);
        assertThat(decode(record, 0, whole, 0)).isInstanceOf(Decoded.class);
        for (int length = RecordHeader.BYTES; length < whole; length++) {
            assertThat(decode(record, 0, length, 0))
                    .isEqualTo(new Malformed(tracepoint.number(), Flaw.TOO_SHORT));
        }
        assertThat(decode(record, 0, RecordHeader.BYTES - 1, 0)).isEqualTo(new Malformed(0, Flaw.TOO_SHORT));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 0x7fff, 0xffff})
    void saysThatItKnowsNoSuchTracepoint(int number) throws BadCallException {
        ByteBuffer record = ping();
        record.putShort(RecordHeader.TRACEPOINT, (short) number);
        assertThat(decode(record, 0, record.limit(), 0))
                .isEqualTo(new Malformed(number, Flaw.UNKNOWN_TRACEPOINT));
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 65_536, Integer.MAX_VALUE, -1})
    void saysThatAPayloadIsNotThere(int announced) throws BadCallException {
        ByteBuffer record = ping();
        record.putInt(RecordHeader.PAYLOAD_BYTES, announced);
        assertThat(decode(record, 0, record.limit(), 0)).isEqualTo(new Malformed(1, Flaw.PAYLOAD_CUT));
    }

    @Test
    void saysThatAPayloadIsLongerThanItsMessage() throws BadCallException {
        ByteBuffer record = ping();
        record.putLong(MessageRecord.SIZE_BYTES, 7);
        assertThat(decode(record, 0, record.limit(), 0))
                .isEqualTo(new Malformed(1, Flaw.PAYLOAD_LONGER_THAN_MESSAGE));
        record.putLong(MessageRecord.SIZE_BYTES, -1);
        assertThat(decode(record, 0, record.limit(), 0)).isInstanceOf(Decoded.class);
    }

    @Test
    void neverTakesAnArgumentThatWasNotFetchedForAZero() throws BadCallException {
        ByteBuffer record = ping();
        record.putShort(RecordHeader.FLAGS, (short) RecordLayout.RECORD_ARGUMENT_FAILED);
        assertThat(decode(record, 0, record.limit(), 0)).isEqualTo(new Malformed(1, Flaw.ARGUMENT_FAILED));
    }

    @Test
    void neverTakesAHashThatWasNotReadForOneOfZeroes() {
        ByteBuffer record = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        record.putShort(RecordHeader.TRACEPOINT, (short) Tracepoint.MEMPOOL_ADDED.number());
        record.putShort(RecordHeader.FLAGS, (short) RecordLayout.RECORD_READ_FAILED);
        assertThat(decode(record, 0, 512, 0)).isEqualTo(
                new Malformed(Tracepoint.MEMPOOL_ADDED.number(), Flaw.HASH_NOT_READ));
    }

    @Test
    void decodesOrNamesWhateverARecordHolds() {
        Random random = new Random(7);
        RecordDecoder decoder = new RecordDecoder("main");
        byte[] bytes = new byte[1_024];
        ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 200_000; i++) {
            random.nextBytes(bytes);
            record.putShort(RecordHeader.TRACEPOINT, (short) random.nextInt(24));
            record.putShort(RecordHeader.FLAGS, (short) (i % 3));
            record.putInt(RecordHeader.PAYLOAD_BYTES, random.nextInt(1_000));
            RecordOutcome outcome = decoder.decode(record, 0, random.nextInt(1_025), 0);
            if (outcome instanceof Decoded decoded) {
                decoded.event().build();
            }
        }
    }

    private static RecordOutcome decode(ByteBuffer record, int offset, int length, long bootTimeNs) {
        return new RecordDecoder("main").decode(record, offset, length, bootTimeNs);
    }

    private static ByteBuffer ping() throws BadCallException {
        return new RecordWriter().write(new RecordedCall(1, "n", "net:inbound_message",
                List.of(7L, "203.0.113.7:8333", "inbound", "ping", 8L, "0102030405060708")));
    }

    private static ByteString hash(int first) {
        byte[] hash = new byte[32];
        for (int i = 1; i < 32; i++) {
            hash[i] = (byte) i;
        }
        hash[0] = (byte) first;
        return ByteString.copyFrom(hash);
    }
}
