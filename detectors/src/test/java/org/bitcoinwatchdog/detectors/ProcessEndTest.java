package org.bitcoinwatchdog.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.MisbehavingConnection;
import org.bitcoinwatchdog.events.Peer;
import org.bitcoinwatchdog.events.Version;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts of peers end with bitcoind's process: no alert fires again about peers of the old process. */
class ProcessEndTest {
    private static final Duration WATCHED = Duration.ofMinutes(20);

    private final AlertLog log = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), log);
    private final TestNode node = new TestNode("alice", detection::on);

    static Stream<Arguments> troubles() {
        return Stream.of(
                trouble("AddressFlood", node -> {
                    for (int peer = 1; peer <= 3; peer++) {
                        node.opens(peer, "44." + peer + ".0.1:8333", TestNode.INBOUND).receivesAddresses(peer, 0, 1_000);
                    }
                }),
                trouble("MisbehavingPeers", node -> {
                    node.does(event -> event.setMisbehavingConnection(MisbehavingConnection.newBuilder().setReason("bad headers")));
                    node.waits(Duration.ofSeconds(6));
                }),
                trouble("PingFlood", node -> {
                    node.opens(1, "44.1.0.1:8333", TestNode.INBOUND);
                    for (int ping = 0; ping < 10; ping++) {
                        node.receives(1, "ping", message -> message.setNonce(org.bitcoinwatchdog.events.Nonce.newBuilder()));
                    }
                    node.waits(Duration.ofSeconds(6));
                }),
                trouble("ConnectionFlood", node -> {
                    for (int i = 0; i < 7 * 40; i++) {
                        node.opens(i, "44.1.0." + i % 250 + ":8333", TestNode.INBOUND).waits(Duration.ofMillis(1_500));
                    }
                }),
                trouble("InboundTakeover", node -> {
                    for (int i = 0; i < 30; i++) {
                        node.opens(i, "44." + i + ".0.1:8333", TestNode.INBOUND);
                    }
                    for (int i = 100; i < 200; i++) {
                        node.does(event -> event.setEvictedInboundConnection(EndedConnection.newBuilder()
                                .setPeer(Peer.newBuilder().setId(999).setAddress("45.1.0.1:8333"))));
                    }
                    node.waits(Duration.ofSeconds(2));
                }),
                trouble("ClockOffset", node -> {
                    for (int peer = 1; peer <= 9; peer++) {
                        node.opens(peer, "44." + peer + ".0.1:8333", TestNode.FULL_RELAY).receives(peer, "version", message ->
                                message.setVersion(Version.newBuilder().setTimeS(node.now().getEpochSecond() + 6_000)));
                    }
                    node.waits(Duration.ofSeconds(6));
                }),
                trouble("VersionOddities", node -> {
                    for (int peer = 1; peer <= 60; peer++) {
                        node.opens(peer, "44." + peer + ".0.1:8333", TestNode.INBOUND).receives(peer, "version", message ->
                                message.setVersion(Version.newBuilder().setTimeS(node.now().getEpochSecond() + 60_000)));
                    }
                    node.waits(Duration.ofSeconds(6));
                }),
                trouble("OutboundTurnover", node -> {
                    for (int peer = 1; peer <= 10; peer++) {
                        node.opens(peer, "44." + peer + ".0.1:8333", TestNode.FULL_RELAY);
                    }
                    for (int second = 0; second < 660; second++) {
                        for (int peer = 1; second % 60 == 0 && peer <= 10; peer++) {
                            node.receives(peer, "ping");
                        }
                        node.waits(Duration.ofSeconds(1));
                    }
                    for (int peer = 1; peer <= 7; peer++) {
                        node.closes(peer).opens(20 + peer, "45." + peer + ".0.1:8333", TestNode.FULL_RELAY).waits(Duration.ofSeconds(5));
                    }
                }),
                trouble("InboundDrop", node -> {
                    for (int peer = 1; peer <= 80; peer++) {
                        node.opens(peer, "44." + peer + ".0.1:8333", TestNode.INBOUND);
                    }
                    node.waits(Duration.ofMinutes(11));
                    for (int peer = 1; peer <= 80; peer++) {
                        node.receives(peer, "ping");
                    }
                    for (int peer = 1; peer <= 60; peer++) {
                        node.closes(peer);
                    }
                    node.waits(Duration.ofSeconds(75));
                }));
    }

    private static Arguments trouble(String alertname, Consumer<TestNode> makes) {
        return Arguments.of(alertname, makes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void itEndsAndDoesNotFireAgainAfterARestart(String alertname, Consumer<TestNode> makes) {
        node.started().waits(Duration.ofSeconds(5));
        makes.accept(node);
        List<String> before = log.changesOf(alertname);
        assertThat(before).isNotEmpty().last().asString().doesNotEndWith("resolved");

        node.stopped().bitcoindRestarted();
        for (int peer = 1; peer <= 30; peer++) {
            node.opens(peer, "46." + peer + ".0.1:8333", TestNode.INBOUND);
        }
        node.waits(WATCHED);

        assertThat(log.changesOf(alertname)).hasSize(before.size() + 1).last().asString().endsWith("resolved");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void itEndsWhereOnlyTheNewProcessIsSeen(String alertname, Consumer<TestNode> makes) {
        node.started().waits(Duration.ofSeconds(5));
        makes.accept(node);
        List<String> before = log.changesOf(alertname);

        node.bitcoindRestarted().waits(WATCHED);

        assertThat(log.changesOf(alertname)).hasSize(before.size() + 1).last().asString().endsWith("resolved");
    }
}
