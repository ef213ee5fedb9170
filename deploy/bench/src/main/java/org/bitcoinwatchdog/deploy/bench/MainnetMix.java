package org.bitcoinwatchdog.deploy.bench;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Inventory;
import org.bitcoinwatchdog.events.InventoryCount;
import org.bitcoinwatchdog.events.InventoryEntry;
import org.bitcoinwatchdog.events.MempoolAdded;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NetworkAddress;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.Nonce;
import org.bitcoinwatchdog.events.OpenedConnection;
import org.bitcoinwatchdog.events.Peer;
import org.bitcoinwatchdog.events.TracepointStatus;

/**
 * The events of a listening node with 125 peers at mainnet's mix, as measured in early 2025 (messages an hour in both
 * directions: inv 55,179, tx 33,064, getdata 16,867, ping and pong 4,750, addrv2 1,271). The same for the same seed.
 */
final class MainnetMix {
    static final int PEERS = 125;
    private static final long BEGIN_NS = 1_780_000_000_000_000_000L;
    private static final long NS_PER_S = 1_000_000_000L;
    private static final int INV = 55_179;
    private static final int TX = 33_064;
    private static final int GETDATA = 16_867;
    private static final int PING = 4_750;
    private static final int ADDRV2 = 1_271;
    private static final int ADDED = 20_000;
    private static final int ALL = INV + TX + GETDATA + 2 * PING + ADDRV2 + ADDED;
    private static final int A_SECOND = ALL / 3_600;
    /** Its start and its peers. */
    static final int EVENTS_AT_BEGIN = 1 + PEERS;
    /** With the heartbeat. */
    static final int EVENTS_A_SECOND = A_SECOND + 1;

    private final Random random;
    private final Peer[] peers = new Peer[PEERS];
    private final String node;
    private final List<NodeEvent> events = new ArrayList<>();
    private long nowNs = BEGIN_NS;
    private long sequence;

    private MainnetMix(String node, long seed) {
        this.node = node;
        random = new Random(seed);
        for (int i = 0; i < PEERS; i++) {
            ConnectionType type = i < 8 ? ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY
                    : i < 10 ? ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY : ConnectionType.CONNECTION_TYPE_INBOUND;
            peers[i] = Peer.newBuilder().setId(i).setConnectionType(type)
                    .setAddress((20 + i) + "." + random.nextInt(250) + "." + random.nextInt(250) + ".7:8333").build();
        }
    }

    static List<NodeEvent> of(String node, long seed, int seconds) {
        MainnetMix mix = new MainnetMix(node, seed);
        mix.begin();
        for (int second = 0; second < seconds; second++) {
            mix.second();
        }
        return mix.events;
    }

    private void begin() {
        add(event().setNodeStarted(NodeStarted.newBuilder().setPid(1)));
        for (Peer peer : peers) {
            OpenedConnection opened = OpenedConnection.newBuilder().setPeer(peer).build();
            add(peer.getConnectionType() == ConnectionType.CONNECTION_TYPE_INBOUND
                    ? event().setInboundConnection(opened) : event().setOutboundConnection(opened));
        }
    }

    private void second() {
        for (int i = 0; i < A_SECOND; i++) {
            nowNs += NS_PER_S / A_SECOND;
            one(random.nextInt(ALL));
        }
        add(event().setHeartbeat(heartbeat()));
    }

    private void one(int draw) {
        Message.Builder message = Message.newBuilder().setPeer(peers[random.nextInt(PEERS)]);
        boolean inbound = random.nextBoolean();
        int left = draw;
        if ((left -= INV) < 0) {
            message(inbound, message.setType("inv").setInventory(inventory(1 + random.nextInt(12))));
        } else if ((left -= TX) < 0) {
            message(inbound, message.setType("tx").setSizeBytes(400));
        } else if ((left -= GETDATA) < 0) {
            message(inbound, message.setType("getdata").setInventory(inventory(1 + random.nextInt(4))));
        } else if ((left -= 2 * PING) < 0) {
            message(inbound, message.setType(random.nextBoolean() ? "ping" : "pong")
                    .setNonce(Nonce.newBuilder().setNonce(random.nextLong())));
        } else if ((left -= ADDRV2) < 0) {
            message(inbound, message.setType("addrv2").setAddresses(addresses(1 + random.nextInt(3))));
        } else {
            add(event().setMempoolAdded(MempoolAdded.newBuilder().setTxid(hash()).setVsizeVb(200).setFeeSat(1_000)));
        }
    }

    private void message(boolean inbound, Message.Builder message) {
        add(inbound ? event().setInboundMessage(message) : event().setOutboundMessage(message));
    }

    private Inventory inventory(int count) {
        Inventory.Builder inventory = Inventory.newBuilder().setCount(count)
                .addCounts(InventoryCount.newBuilder().setType(5).setCount(count));
        List<InventoryEntry> entries = Stream.generate(() -> new InventoryEntry(5, hash())).limit(count).toList();
        return inventory.setFirstEntries(InventoryEntry.toBytes(entries)).build();
    }

    private Addresses addresses(int count) {
        Addresses.Builder addresses = Addresses.newBuilder().setCount(count);
        for (int i = 0; i < count; i++) {
            addresses.addEntries(AddressEntry.newBuilder().setTimeS((int) (nowNs / NS_PER_S) - 600).setAddress(
                    NetworkAddress.newBuilder().setNetwork(AddressNetwork.ADDRESS_NETWORK_IPV4).setPort(8333)
                            .setAddress(ByteString.copyFrom(ByteBuffer.allocate(4).putInt(0, 0x10000000 + random.nextInt(1 << 28))))));
        }
        return addresses.build();
    }

    private ByteString hash() {
        byte[] hash = new byte[32];
        random.nextBytes(hash);
        return ByteString.copyFrom(hash);
    }

    private Heartbeat heartbeat() {
        Heartbeat.Builder heartbeat = Heartbeat.newBuilder().setPid(1).setPublished(sequence);
        for (String name : List.of("net:inbound_message", "net:outbound_message", "net:inbound_connection",
                "net:outbound_connection", "net:evicted_inbound_connection", "net:closed_connection",
                "net:misbehaving_connection", "validation:block_connected", "mempool:added", "mempool:removed",
                "mempool:replaced", "mempool:rejected", "utxocache:flush")) {
            heartbeat.addTracepoints(TracepointStatus.newBuilder().setTracepoint(name).setAttached(true)
                    .setFired(sequence / 13).setCaptured(sequence / 13));
        }
        return heartbeat.build();
    }

    private NodeEvent.Builder event() {
        return NodeEvent.newBuilder().setNode(node).setNetwork("main").setEpoch(BEGIN_NS).setSequence(sequence++)
                .setObservedAtNs(nowNs);
    }

    private void add(NodeEvent.Builder event) {
        events.add(event.build());
    }
}
