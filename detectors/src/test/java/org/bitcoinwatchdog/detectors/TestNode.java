package org.bitcoinwatchdog.detectors;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.AddrmanAttemptAdd;
import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.FeeFilter;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NetworkAddress;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.NodeStopped;
import org.bitcoinwatchdog.events.OpenedConnection;
import org.bitcoinwatchdog.events.Peer;
import org.bitcoinwatchdog.events.Version;

/** A node as its agent sees it: each action becomes an event with the node's clock, epoch and sequence. */
public final class TestNode {
    public static final Instant BEGIN = Instant.parse("2026-06-01T00:00:00Z");
    public static final ConnectionType INBOUND = ConnectionType.CONNECTION_TYPE_INBOUND;
    public static final ConnectionType FULL_RELAY = ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY;
    public static final int EASY = 0x207fffff;
    /** A block's version without any signalling bit (BIP 9). */
    private static final int NO_SIGNAL = 0x2000_0000;
    private static final long SECOND_NS = 1_000_000_000L;

    private final String name;
    private final String network;
    private final Consumer<NodeEvent> out;
    private final java.util.Map<Long, Peer> peers = new java.util.HashMap<>();
    private final java.util.Map<Long, Long> openedAtS = new java.util.HashMap<>();
    private long epoch = ns(BEGIN);
    private long sequence;
    private long nowNs = ns(BEGIN);
    private int pid = 1;

    public TestNode(String name, Consumer<NodeEvent> out) {
        this(name, "main", out);
    }

    public TestNode(String name, String network, Consumer<NodeEvent> out) {
        this.name = name;
        this.network = network;
        this.out = out;
    }

    public static long ns(Instant instant) {
        return instant.getEpochSecond() * SECOND_NS + instant.getNano();
    }

    public Instant now() {
        return Instant.ofEpochSecond(0, nowNs);
    }

    public TestNode started() {
        return emit(event -> event.setNodeStarted(NodeStarted.newBuilder().setPid(pid)));
    }

    /** The agent attaches again, to the same process. */
    public TestNode agentRestartedAfter(Duration away) {
        nowNs += away.toNanos();
        epoch = nowNs;
        sequence = 0;
        return started();
    }

    /** A run of the agent begins at the present time. */
    public TestNode agentAttaches() {
        epoch = nowNs;
        sequence = 0;
        return this;
    }

    public TestNode bitcoindRestarted() {
        pid++;
        return agentRestartedAfter(Duration.ofSeconds(1));
    }

    public TestNode stopped() {
        openedAtS.clear();
        return emit(event -> event.setNodeStopped(
                NodeStopped.newBuilder().setPid(pid).setCause(NodeStopped.Cause.CAUSE_PROCESS_ENDED)));
    }

    /** Lets time pass, with a heartbeat each second. */
    public TestNode waits(Duration duration) {
        long until = nowNs + duration.toNanos();
        while (nowNs + SECOND_NS <= until) {
            nowNs += SECOND_NS;
            emit(event -> event.setHeartbeat(Heartbeat.newBuilder().setPid(pid)));
        }
        nowNs = until;
        return this;
    }

    /** The agent ends in good order. */
    public TestNode agentStopped() {
        return emit(event -> event.setNodeStopped(
                NodeStopped.newBuilder().setPid(pid).setCause(NodeStopped.Cause.CAUSE_AGENT_STOPPED)));
    }

    /** One heartbeat with more than the process in it. */
    public TestNode beats(UnaryOperator<Heartbeat.Builder> content) {
        return emit(event -> event.setHeartbeat(content.apply(Heartbeat.newBuilder().setPid(pid))));
    }

    /** Any event at the present time. */
    public TestNode does(UnaryOperator<NodeEvent.Builder> body) {
        return emit(body);
    }

    public Peer peer(long id) {
        return peers.get(id);
    }

    /** Lets time pass without a heartbeat. */
    public TestNode leaps(Duration duration) {
        nowNs += duration.toNanos();
        return this;
    }

    public TestNode loses(String tracepoint) {
        return emit(event -> event.setLoss(Loss.newBuilder().setTracepoint(tracepoint).setEvents(1).setToNs(nowNs)));
    }

    /** An event gets a number but does not arrive. */
    public TestNode skipsASequence() {
        sequence++;
        return this;
    }

    public TestNode opens(long id, String address, ConnectionType type) {
        openedAtS.put(id, nowNs / SECOND_NS);
        OpenedConnection opened = OpenedConnection.newBuilder().setPeer(peer(id, address, type)).build();
        return emit(event -> type == INBOUND ? event.setInboundConnection(opened) : event.setOutboundConnection(opened));
    }

    /** The process in all heartbeats from now on. */
    public TestNode process(int newPid) {
        pid = newPid;
        return this;
    }

    public Set<Long> openPeers() {
        return Set.copyOf(openedAtS.keySet());
    }

    public TestNode closes(long id) {
        EndedConnection closed = ended(id);
        openedAtS.remove(id);
        return emit(event -> event.setClosedConnection(closed));
    }

    public TestNode evicts(long id) {
        return emit(event -> event.setEvictedInboundConnection(ended(id)));
    }

    private EndedConnection ended(long id) {
        return EndedConnection.newBuilder().setPeer(peers.get(id)).setConnectedAtS(openedAtS.getOrDefault(id, 0L)).build();
    }

    /** The address manager's new table takes an address from a peer. */
    public TestNode inserts(String address, String source) {
        return emit(event -> event.setAddrmanAttemptAdd(
                AddrmanAttemptAdd.newBuilder().setInserted(true).setAddress(address).setSource(source)));
    }

    /** A peer that connected before the agent attached. */
    public TestNode knows(long id, String address, ConnectionType type) {
        peer(id, address, type);
        return this;
    }

    public TestNode receives(long from, String type, UnaryOperator<Message.Builder> payload) {
        return emit(event -> event.setInboundMessage(
                payload.apply(Message.newBuilder().setPeer(peers.get(from)).setType(type))));
    }

    public TestNode receives(long from, String type) {
        return receives(from, type, UnaryOperator.identity());
    }

    public TestNode sends(long to, String type) {
        return emit(event -> event.setOutboundMessage(Message.newBuilder().setPeer(peers.get(to)).setType(type)));
    }

    /** The node tells a peer its fee filter: its highest value in initial block download. */
    public TestNode tellsFeeFilter(long to, long satPerKvb) {
        return emit(event -> event.setOutboundMessage(Message.newBuilder().setPeer(peers.get(to)).setType("feefilter")
                .setFeeFilter(FeeFilter.newBuilder().setMinFeeSatPerKvb(satPerKvb))));
    }

    /** Both ends of a connection tell their heights. */
    public TestNode shakesHands(long with, int own, int theirs) {
        emit(event -> event.setOutboundMessage(Message.newBuilder().setPeer(peers.get(with)).setType("version")
                .setVersion(Version.newBuilder().setStartHeight(own))));
        return receives(with, "version", message -> message.setVersion(Version.newBuilder().setStartHeight(theirs)));
    }

    /** An addr message of routable addresses, the first of which is 1.0.0.0 plus {@code first}. */
    public TestNode receivesAddresses(long from, int first, int count) {
        List<AddressEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ByteString address = ByteString.copyFrom(ByteBuffer.allocate(4).putInt(0, 0x01000000 + first + i));
            entries.add(AddressEntry.newBuilder().setTimeS((int) (nowNs / SECOND_NS) + 540)
                    .setAddress(NetworkAddress.newBuilder()
                            .setNetwork(AddressNetwork.ADDRESS_NETWORK_IPV4).setAddress(address).setPort(8333)).build());
        }
        return receives(from, "addr",
                message -> message.setAddresses(Addresses.newBuilder().addAllEntries(entries).setCount(count)));
    }

    public TestNode receivesHeader(long from, int block, int previous, int bits, boolean valid) {
        BlockHeader header = BlockHeader.newBuilder().setHash(hash(block)).setPreviousHash(hash(previous))
                .setTimeS((int) (nowNs / SECOND_NS)).setBits(bits).setProofOfWorkValid(valid).setVersion(NO_SIGNAL).build();
        return receives(from, "cmpctblock", message -> message.setBlock(AnnouncedBlock.newBuilder().setHeader(header)));
    }

    public TestNode receivesHeader(long from, int block) {
        return receivesHeader(from, block, block - 1, EASY, true);
    }

    /** Connects the block whose hash is made from its height. */
    public TestNode connects(int height) {
        return connects(height, height);
    }

    public TestNode connects(int block, int height) {
        return connects(block, height, Duration.ofMillis(100));
    }

    public TestNode connects(int block, int height, Duration took) {
        return emit(event -> event.setBlockConnected(
                BlockConnected.newBuilder().setHash(hash(block)).setHeight(height).setDurationNs(took.toNanos())));
    }

    public static ByteString hash(int block) {
        return ByteString.copyFrom(ByteBuffer.allocate(32).putInt(0, block));
    }

    private Peer peer(long id, String address, ConnectionType type) {
        Peer peer = Peer.newBuilder().setId(id).setAddress(address).setConnectionType(type).build();
        peers.put(id, peer);
        return peer;
    }

    private TestNode emit(UnaryOperator<NodeEvent.Builder> body) {
        out.accept(body.apply(NodeEvent.newBuilder().setNode(name).setNetwork(network).setEpoch(epoch)
                .setSequence(sequence++).setObservedAtNs(nowNs)).build());
        return this;
    }
}
