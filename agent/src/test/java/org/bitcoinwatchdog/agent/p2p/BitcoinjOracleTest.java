package org.bitcoinwatchdog.agent.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bitcoinj.base.Coin;
import org.bitcoinj.base.Sha256Hash;
import org.bitcoinj.core.AddressMessage;
import org.bitcoinj.core.AddressV1Message;
import org.bitcoinj.core.AddressV2Message;
import org.bitcoinj.core.Block;
import org.bitcoinj.core.BlockLocator;
import org.bitcoinj.core.FeeFilterMessage;
import org.bitcoinj.core.GetBlocksMessage;
import org.bitcoinj.core.GetDataMessage;
import org.bitcoinj.core.GetHeadersMessage;
import org.bitcoinj.core.HeadersMessage;
import org.bitcoinj.core.InventoryItem;
import org.bitcoinj.core.InventoryMessage;
import org.bitcoinj.core.ListMessage;
import org.bitcoinj.core.NotFoundMessage;
import org.bitcoinj.core.PeerAddress;
import org.bitcoinj.core.Ping;
import org.bitcoinj.core.Pong;
import org.bitcoinj.core.Services;
import org.bitcoinj.core.VersionMessage;
import org.bitcoinj.params.MainNetParams;
import org.bitcoinwatchdog.agent.recording.Received;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.GetHeaders;
import org.bitcoinwatchdog.events.Headers;
import org.bitcoinwatchdog.events.Inventory;
import org.bitcoinwatchdog.events.InventoryEntry;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NetworkAddress;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.Undecodable;
import org.bitcoinwatchdog.events.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** bitcoinj and the agent decode every payload in the recordings to the same values, if bitcoinj knows its type. */
class BitcoinjOracleTest {
    @ParameterizedTest
    @FieldSource("org.bitcoinwatchdog.events.Recordings#NAMES")
    void bothReadTheRecordingsAlike(String name) throws IOException {
        Map<String, Integer> compared = new HashMap<>();
        try (RecordingReader reader = Recordings.open(name, line -> { })) {
            while (reader.hasNext()) {
                RecordedCall call = reader.next();
                if (call.tracepoint().endsWith("_message")) {
                    compare((String) call.args().get(3), HexFormat.of().parseHex((String) call.args().get(5)), compared);
                }
            }
        }
        assertThat(compared).containsKeys("version", "ping", "pong");
        if (name.equals(Recordings.FLEET_NORMAL)) {
            assertThat(compared).containsKeys(
                    "addr", "addrv2", "inv", "getdata", "headers", "block", "feefilter", "getheaders");
        }
    }

    @Test
    void whatBitcoinjWritesIsReadAlike() throws UnknownHostException {
        Map<String, Integer> compared = new HashMap<>();
        Block genesis = MainNetParams.get().getGenesisBlock();
        Sha256Hash hash = genesis.getHash();

        VersionMessage version = new VersionMessage(MainNetParams.get(), 900_000);
        version.appendToSubVer("watchdog", "1.0", null);
        compare("version", version.serialize(), compared);

        AddressMessage addr = AddressV1Message.read(ByteBuffer.wrap(new byte[1]));
        AddressMessage addrV2 = AddressV2Message.read(ByteBuffer.wrap(new byte[1]));
        for (String address : List.of("203.0.113.7", "2001:db8::7")) {
            PeerAddress peer = PeerAddress.inet(
                    InetAddress.getByName(address), 8333, Services.of(1033), Instant.ofEpochSecond(4_000_000_000L));
            addr.addAddress(peer);
            addrV2.addAddress(peer);
        }
        compare("addr", addr.serialize(), compared);
        compare("addrv2", addrV2.serialize(), compared);

        InventoryMessage inventory = InventoryMessage.ofBlocks(genesis);
        inventory.addTransaction(genesis.getTransactions().get(0));
        compare("inv", inventory.serialize(), compared);
        compare("getdata", GetDataMessage.ofTransaction(hash, true).serialize(), compared);
        compare("notfound", new NotFoundMessage(inventory.getItems()).serialize(), compared);

        compare("headers", new HeadersMessage(genesis, genesis).serialize(), compared);
        compare("block", genesis.serialize(), compared);
        compare("getheaders", new GetHeadersMessage(
                70016, new BlockLocator(List.of(hash, Sha256Hash.ZERO_HASH)), Sha256Hash.ZERO_HASH).serialize(), compared);
        compare("ping", Ping.of(-2).serialize(), compared);
        compare("pong", Pong.of(Long.MIN_VALUE).serialize(), compared);
        compare("feefilter", FeeFilterMessage.of(Coin.valueOf(1_000)).serialize(), compared);

        assertThat(compared).hasSize(12);
    }

    private static void compare(String type, byte[] payload, Map<String, Integer> compared) {
        Message message = Received.whole(type, payload);
        if (message.getUndecodable() != Undecodable.UNDECODABLE_UNSPECIFIED || unknownToBitcoinj(message)) {
            return;
        }
        ByteBuffer wire = ByteBuffer.wrap(payload);
        switch (type) {
            case "version" -> same(message.getVersion(), VersionMessage.read(wire));
            case "addr" -> same(message.getAddresses(), AddressV1Message.read(wire));
            case "addrv2" -> same(message.getAddresses(), AddressV2Message.read(wire));
            case "inv" -> same(message.getInventory(), InventoryMessage.read(wire));
            case "getdata" -> same(message.getInventory(), GetDataMessage.read(wire));
            case "notfound" -> same(message.getInventory(), NotFoundMessage.read(wire));
            case "headers" -> same(message.getHeaders(), HeadersMessage.read(wire));
            case "block" -> {
                Block block = Block.read(wire);
                same(message.getBlock().getHeader(), block);
                assertThat(message.getBlock().getTransactions()).isEqualTo(block.getTransactions().size());
            }
            case "ping" -> assertThat(message.getNonce().getNonce()).isEqualTo(Ping.read(wire).nonce());
            case "pong" -> assertThat(message.getNonce().getNonce()).isEqualTo(Pong.read(wire).nonce());
            case "feefilter" -> assertThat(message.getFeeFilter().getMinFeeSatPerKvb())
                    .isEqualTo(FeeFilterMessage.read(wire).feeRate().value);
            case "getheaders" -> same(message.getGetHeaders(), GetHeadersMessage.read(wire));
            default -> {
                return;
            }
        }
        compared.merge(type, 1, Integer::sum);
    }

    /** Inventory of compact blocks (4) and of witness ids (5), and versions before the first that counts. */
    private static boolean unknownToBitcoinj(Message message) {
        return message.getInventory().getCountsList().stream().anyMatch(count -> InventoryItem.Type.ofCode(count.getType()) == null)
                || message.hasVersion() && message.getVersion().getProtocolVersion() == 0;
    }

    private static void same(Version ours, VersionMessage theirs) {
        assertThat(ours.getProtocolVersion()).isEqualTo(theirs.clientVersion());
        assertThat(ours.getServices()).isEqualTo(theirs.services().bits());
        assertThat(ours.getTimeS()).isEqualTo(theirs.time.getEpochSecond());
        assertThat(ours.getReceiverServices()).isEqualTo(theirs.receivingServices.bits());
        assertThat(ours.getReceiver().getAddress().toByteArray()).isEqualTo(theirs.receivingAddr.getAddress().getAddress());
        assertThat(ours.getReceiver().getPort()).isEqualTo(theirs.receivingAddr.getPort());
        assertThat(ours.getUserAgent()).isEqualTo(theirs.subVer);
        assertThat(ours.getStartHeight()).isEqualTo((int) theirs.bestHeight);
        assertThat(ours.getRelay()).isEqualTo(theirs.relayTxesBeforeFilter);
    }

    private static void same(Addresses ours, AddressMessage theirs) {
        List<PeerAddress> expected = theirs.getAddresses();
        assertThat(ours.getEntriesCount()).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            same(ours.getEntries(i), expected.get(i));
        }
    }

    private static void same(AddressEntry ours, PeerAddress theirs) {
        assertThat(Integer.toUnsignedLong(ours.getTimeS())).isEqualTo(theirs.time().getEpochSecond());
        assertThat(ours.getServices()).isEqualTo(theirs.getServices().bits());
        assertThat(ours.getAddress().getPort()).isEqualTo(theirs.getPort());
        NetworkAddress address = ours.getAddress();
        switch (address.getNetwork()) {
            case ADDRESS_NETWORK_IPV4, ADDRESS_NETWORK_IPV6 ->
                    assertThat(address.getAddress().toByteArray()).isEqualTo(theirs.getAddr().getAddress());
            case ADDRESS_NETWORK_TORV3 -> assertThat(theirs.getHostname()).startsWith(base32(address.getAddress()));
            default -> assertThat(theirs.getAddr()).isNull();
        }
    }

    private static void same(Inventory ours, ListMessage theirs) {
        List<InventoryItem> expected = theirs.getItems();
        assertThat(ours.getCount()).isEqualTo(expected.size());
        List<InventoryEntry> first = InventoryEntry.firstOf(ours);
        assertThat(first).hasSize(Math.min(expected.size(), 64));
        for (int i = 0; i < first.size(); i++) {
            assertThat(first.get(i).type()).isEqualTo(expected.get(i).type.code);
            assertThat(first.get(i).hash()).isEqualTo(wire(expected.get(i).hash));
        }
    }

    private static void same(Headers ours, HeadersMessage theirs) {
        List<Block> expected = theirs.getBlockHeaders();
        assertThat(ours.getCount()).isEqualTo(expected.size());
        for (int i = 0; i < ours.getHeadersCount(); i++) {
            same(ours.getHeaders(i), expected.get(i));
        }
    }

    private static void same(BlockHeader ours, Block theirs) {
        assertThat(ours.getHash()).isEqualTo(wire(theirs.getHash()));
        assertThat(ours.getPreviousHash()).isEqualTo(wire(theirs.getPrevBlockHash()));
        assertThat(Integer.toUnsignedLong(ours.getTimeS())).isEqualTo(theirs.getTimeSeconds());
        assertThat(Integer.toUnsignedLong(ours.getBits())).isEqualTo(theirs.getDifficultyTarget());
        assertThat(Integer.toUnsignedLong(ours.getVersion())).isEqualTo(theirs.getVersion());
        assertThat(ours.getProofOfWorkValid())
                .isEqualTo(theirs.getHash().toBigInteger().compareTo(theirs.getDifficultyTargetAsInteger()) <= 0);
    }

    private static void same(GetHeaders ours, GetBlocksMessage theirs) {
        assertThat(ours.getLocatorCount()).isEqualTo(theirs.getLocator().size());
        assertThat(ours.getFirstLocatorHash()).isEqualTo(wire(theirs.getLocator().get(0)));
    }

    /** bitcoinj keeps hashes as people write them. */
    private static ByteString wire(Sha256Hash hash) {
        return ByteString.copyFrom(hash.getReversedBytes());
    }

    private static String base32(ByteString key) {
        String alphabet = "abcdefghijklmnopqrstuvwxyz234567";
        BigInteger bits = new BigInteger(1, key.toByteArray()).shiftLeft(4);
        StringBuilder text = new StringBuilder();
        // The last digit contains four bits of the following checksum.
        for (int digit = 51; digit > 0; digit--) {
            text.append(alphabet.charAt(bits.shiftRight(5 * digit).intValue() & 31));
        }
        return text.toString();
    }
}
