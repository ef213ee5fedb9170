package org.bitcoinwatchdog.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.FlushMode;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.MempoolRejected;
import org.bitcoinwatchdog.events.MempoolRemoved;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NetworkAddress;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.NodeStopped;
import org.bitcoinwatchdog.events.Nonce;
import org.bitcoinwatchdog.events.OpenedConnection;
import org.bitcoinwatchdog.events.Peer;
import org.bitcoinwatchdog.events.PeerNetwork;
import org.bitcoinwatchdog.events.UtxoCacheFlush;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {
    private static final Peer PEER = Peer.newBuilder().setId(7).setAddress("203.0.113.7:8333")
            .setConnectionType(ConnectionType.CONNECTION_TYPE_INBOUND).build();

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final NodeMetrics metrics = new NodeMetrics(registry);
    private final TracedNodeMetrics node = metrics.of("alice", "main");
    private long nowNs = Duration.ofDays(20_000).toNanos();

    @Test
    void countsMessagesAndBytesByTypeAndDirection() {
        receive(Message.newBuilder().setType("inv").setSizeBytes(37));
        receive(Message.newBuilder().setType("inv").setSizeBytes(73));
        send(Message.newBuilder().setType("inv").setSizeBytes(37));
        assertThat(count("bitcoind.p2p.messages", "direction", "inbound", "type", "inv")).isEqualTo(2);
        assertThat(count("bitcoind.p2p.message", "direction", "inbound", "type", "inv")).isEqualTo(110);
        assertThat(count("bitcoind.p2p.messages", "direction", "outbound", "type", "inv")).isEqualTo(1);
    }

    @Test
    void aTypeThatAPeerMadeUpIsOther() {
        int before = registry.getMeters().size();
        for (int i = 0; i < 1_000; i++) {
            receive(Message.newBuilder().setType("madeup" + i));
            on(NodeEvent.newBuilder().setMempoolRejected(MempoolRejected.newBuilder().setReason("made up " + i)));
        }
        assertThat(count("bitcoind.p2p.messages", "direction", "inbound", "type", "other")).isEqualTo(1_000);
        assertThat(count("bitcoind.mempool.rejected.transactions", "reason", "other")).isEqualTo(1_000);
        assertThat(registry.getMeters()).as("no meter more").hasSize(before);
    }

    @Test
    void noAddressBecomesALabel() {
        open(PEER, PeerNetwork.PEER_NETWORK_IPV4);
        receive(Message.newBuilder().setType("ping"));
        assertThat(registry.getMeters()).flatMap(meter -> meter.getId().getTags()).extracting(Tag::getValue)
                .noneMatch(value -> value.contains("203.0.113"));
    }

    @Test
    void countsAddressesReceivedByNetwork() {
        Addresses.Builder addresses = Addresses.newBuilder().setCount(5);
        addresses.addEntries(entry(AddressNetwork.ADDRESS_NETWORK_IPV4)).addEntries(entry(AddressNetwork.ADDRESS_NETWORK_IPV4));
        addresses.addEntries(entry(AddressNetwork.ADDRESS_NETWORK_TORV3));
        receive(Message.newBuilder().setType("addrv2").setAddresses(addresses));
        send(Message.newBuilder().setType("addrv2").setAddresses(addresses));
        assertThat(count("bitcoind.p2p.addresses.received", "address_network", "ipv4")).isEqualTo(2);
        assertThat(count("bitcoind.p2p.addresses.received", "address_network", "torv3")).isEqualTo(1);
        assertThat(count("bitcoind.p2p.addresses.received", "address_network", "other"))
                .as("two behind the end of the capture").isEqualTo(2);
    }

    @Test
    void opensMinusClosesAreOpen() {
        open(PEER, PeerNetwork.PEER_NETWORK_IPV4);
        open(PEER.toBuilder().setId(8).build(), PeerNetwork.PEER_NETWORK_IPV4);
        assertThat(connections("inbound", "ipv4")).isEqualTo(2);
        nowNs += Duration.ofSeconds(90).toNanos();
        close(PEER, PeerNetwork.PEER_NETWORK_IPV4);
        assertThat(connections("inbound", "ipv4")).isEqualTo(1);
        String[] kind = {"direction", "inbound", "type", "inbound", "peer_network", "ipv4"};
        assertThat(count("bitcoind.p2p.connections.opened", kind)).isEqualTo(2);
        assertThat(count("bitcoind.p2p.connections.closed", kind)).isEqualTo(1);
        assertThat(registry.get("bitcoind.p2p.connection.lifetime").tags(kind).timer().totalTime(TimeUnit.SECONDS))
                .isBetween(89.0, 91.0);
    }

    @Test
    void learnsConnectionsThatWereThereBeforeFromTheirMessages() {
        receive(Message.newBuilder().setType("ping"));
        receive(Message.newBuilder().setType("ping"));
        assertThat(connections("inbound", "ipv4")).isEqualTo(1);
    }

    @Test
    void aMessageToldAfterItsConnectionsEndOpensNothing() {
        open(PEER, PeerNetwork.PEER_NETWORK_IPV4);
        close(PEER, PeerNetwork.PEER_NETWORK_IPV4);
        receive(Message.newBuilder().setType("tx"));
        assertThat(connections("inbound", "ipv4")).isZero();
    }

    @Test
    void forgetsAConnectionWhoseEndWasLost() {
        open(PEER, PeerNetwork.PEER_NETWORK_IPV4);
        nowNs += Duration.ofMinutes(22).toNanos();
        on(NodeEvent.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()));
        assertThat(connections("inbound", "ipv4")).isZero();
    }

    @Test
    void noConnectionOutlivesItsProcess() {
        open(PEER, PeerNetwork.PEER_NETWORK_IPV4);
        on(NodeEvent.newBuilder().setNodeStopped(NodeStopped.getDefaultInstance()));
        assertThat(connections("inbound", "ipv4")).isZero();
        assertThat(registry.get("bitcoind.up").gauge().value()).isZero();
        on(NodeEvent.newBuilder().setNodeStarted(NodeStarted.getDefaultInstance()));
        assertThat(registry.get("bitcoind.up").gauge().value()).isEqualTo(1);
    }

    @Test
    void measuresTheRoundTripOfAPingByItsNonce() {
        send(nonce("ping", 42));
        nowNs += Duration.ofMillis(80).toNanos();
        receive(nonce("pong", 41));
        receive(nonce("pong", 42));
        receive(nonce("pong", 42));
        var roundTrip = registry.get("bitcoind.p2p.ping.round.trip").tags("direction", "inbound").timer();
        assertThat(roundTrip.count()).isEqualTo(1);
        assertThat(roundTrip.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(80);
    }

    @Test
    void thePingsOfPeersAreNotOurs() {
        receive(nonce("ping", 42));
        send(nonce("pong", 42));
        assertThat(registry.get("bitcoind.p2p.ping.round.trip").timers()).allMatch(timer -> timer.count() == 0);
    }

    @Test
    void followsBlocks() {
        on(NodeEvent.newBuilder().setBlockConnected(BlockConnected.newBuilder().setHeight(900_000).setTransactions(4_000)
                .setInputs(8_000).setSigops(70_000).setDurationNs(250_000_000)));
        assertThat(registry.get("bitcoind.last.block.height").gauge().value()).isEqualTo(900_000);
        assertThat(registry.get("bitcoind.block.connect").timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
        assertThat(count("bitcoind.block.inputs")).isEqualTo(8_000);
    }

    @Test
    void tellsWhatLeavesTheMempoolByReason() {
        on(NodeEvent.newBuilder().setMempoolRemoved(
                MempoolRemoved.newBuilder().setReason("sizelimit").setVsizeVb(141).setFeeSat(1_000)));
        assertThat(count("bitcoind.mempool.removed.transactions", "reason", "sizelimit")).isEqualTo(1);
        assertThat(count("bitcoind.mempool.removed.vbytes", "reason", "sizelimit")).isEqualTo(141);
        assertThat(count("bitcoind.mempool.removed.fees.satoshis", "reason", "sizelimit")).isEqualTo(1_000);
    }

    @Test
    void leavesTheDetailOfARejectionOut() {
        on(NodeEvent.newBuilder().setMempoolRejected(MempoolRejected.newBuilder()
                .setReason("mempool-script-verify-flag-failed (Signature must be zero for failed CHECK(MULTI)SIG operation)")));
        assertThat(count("bitcoind.mempool.rejected.transactions", "reason", "mempool-script-verify-flag-failed")).isEqualTo(1);
    }

    @Test
    void timesFlushesByMode() {
        on(NodeEvent.newBuilder().setUtxoCacheFlush(UtxoCacheFlush.newBuilder().setMode(FlushMode.FLUSH_MODE_PERIODIC)
                .setDurationUs(2_000_000).setCoins(10).setMemoryBytes(5_000)));
        assertThat(registry.get("bitcoind.utxocache.flush").tags("mode", "periodic").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(2);
        assertThat(count("bitcoind.utxocache.flushed", "mode", "periodic")).isEqualTo(5_000);
    }

    @Test
    void countsWhatWasLostByCause() {
        on(NodeEvent.newBuilder().setLoss(Loss.newBuilder().setCause(Loss.Cause.CAUSE_RING_BUFFER_FULL).setEvents(12)));
        assertThat(count("bitcoind.trace.lost.events", "cause", "ring-buffer-full")).isEqualTo(12);
    }

    @Test
    void anUpgradeReplacesTheVersion() {
        for (String version : new String[] {"", "v30.0.0", "v31.0.0", "v31.0.0"}) {
            on(NodeEvent.newBuilder().setHeartbeat(Heartbeat.newBuilder().setBitcoindVersion(version).setImplementation("Core")));
        }
        assertThat(registry.find("bitcoind.info").gauges()).extracting(gauge -> gauge.getId().getTag("implementation"))
                .containsExactly("Core");
        assertThat(registry.find("bitcoind.info").gauges()).extracting(gauge -> gauge.getId().getTag("version"))
                .containsExactly("v31.0.0");
    }

    @Test
    void aNodeThatComesBackGoesOnCounting() {
        receive(Message.newBuilder().setType("tx"));
        metrics.of("alice", "main").on(NodeEvent.newBuilder().setInboundMessage(
                Message.newBuilder().setPeer(PEER).setType("tx")).build());
        assertThat(count("bitcoind.p2p.messages", "direction", "inbound", "type", "tx")).isEqualTo(2);
    }

    @Test
    void aNodeThatIsForgottenHasNoMetersUntilItComesBack() {
        metrics.of("my alice", "main");
        metrics.forget("alice");
        assertThat(registry.getMeters()).extracting(Meter::getId).extracting(id -> id.getTag("node"))
                .contains("my alice").doesNotContain("alice");
        metrics.of("alice", "main");
        assertThat(registry.getMeters()).extracting(Meter::getId).extracting(id -> id.getTag("node")).contains("alice");
    }

    @Test
    void nodesThatAreMadeAndThrownAwayDoNotPileUp() {
        for (int i = 0; i < NodeMetrics.MOST_NODES; i++) {
            metrics.of("test-" + i, "regtest");
        }
        int full = registry.getMeters().size();
        for (int i = 0; i < 100; i++) {
            metrics.of("more-" + i, "regtest");
        }
        assertThat(registry.getMeters()).hasSizeLessThanOrEqualTo(full);
        assertThat(registry.getMeters()).extracting(Meter::getId).extracting(id -> id.getTag("node")).doesNotContain("alice");
    }

    @Test
    void classesTheReasonsOfMisbehaviour() {
        assertThat(List.of("addr message size = 1010", "headers message size = 2001", "header with invalid proof of work",
                "invalid header via cmpctblock", "getblocktxn with out-of-bounds tx indices", "mutated block",
                "too-large bloom filter", "something new").stream().map(MisbehaviourMeters::classOf))
                .containsExactly("oversized-message", "oversized-message", "bad-header", "bad-header", "bad-compact-block",
                        "bad-block", "bad-filter", "other");
    }

    private double connections(String type, String peerNetwork) {
        return registry.get("bitcoind.p2p.connections").tags("type", type, "peer_network", peerNetwork).gauge().value();
    }

    private double count(String name, String... labels) {
        return registry.get(name).tags(labels).counters().stream().mapToDouble(Counter::count).sum();
    }

    private void open(Peer peer, PeerNetwork network) {
        on(NodeEvent.newBuilder().setInboundConnection(OpenedConnection.newBuilder().setPeer(peer).setNetwork(network)));
    }

    private void close(Peer peer, PeerNetwork network) {
        on(NodeEvent.newBuilder().setClosedConnection(EndedConnection.newBuilder().setPeer(peer).setNetwork(network)
                .setConnectedAtS(Duration.ofNanos(nowNs).minusSeconds(90).toSeconds())));
    }

    private void receive(Message.Builder message) {
        on(NodeEvent.newBuilder().setInboundMessage(message.setPeer(PEER)));
    }

    private void send(Message.Builder message) {
        on(NodeEvent.newBuilder().setOutboundMessage(message.setPeer(PEER)));
    }

    private void on(NodeEvent.Builder event) {
        node.on(event.setObservedAtNs(nowNs).build());
    }

    private static Message.Builder nonce(String type, long nonce) {
        return Message.newBuilder().setType(type).setNonce(Nonce.newBuilder().setNonce(nonce));
    }

    private static AddressEntry entry(AddressNetwork network) {
        return AddressEntry.newBuilder().setAddress(NetworkAddress.newBuilder().setNetwork(network)).build();
    }
}
