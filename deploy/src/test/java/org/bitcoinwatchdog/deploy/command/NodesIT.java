package org.bitcoinwatchdog.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.deploy.run.Parts;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.NodeStopped;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A retired node, from its last page to the restart after it was forgotten, with a real broker. */
@Timeout(300)
class NodesIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong sequence = new AtomicLong();
    private final long epoch = now();
    private final ScheduledExecutorService agent = Executors.newSingleThreadScheduledExecutor();
    private HttpServer receiver;
    private EmbeddedBroker broker;
    private KafkaProducer<String, NodeEvent> producer;
    private String config;

    @BeforeEach
    void start() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        receiver.start();
        broker = EmbeddedBroker.start(directory.resolve("broker"));
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(),
                new NodeEventSerde().serializer());
        config = Files.writeString(directory.resolve("watchdog.yaml"), """
                state-dir: %s
                kafka: {bootstrap.servers: "%s"}
                http: {listen: "127.0.0.1:0"}
                detectors: {liveness: {node-silent: {page: 3s}}}
                alerts:
                  sinks: [{name: hook, type: webhook, url: "http://127.0.0.1:%d/", allow-private: true}]
                """.formatted(directory.resolve("state"), broker.bootstrapServers(), receiver.getAddress().getPort())).toString();
        assertThat(CommandRun.of("topics", "create", "--config", config).status()).isZero();
        agent.scheduleAtFixedRate(() -> running.forEach(node -> send(node, NodeEvent.newBuilder().setHeartbeat(
                        Heartbeat.newBuilder().setPid(1).setHost("host-of-" + node)
                                .setImplementation("Knots").setBitcoindVersion("Knots v29.3.0.knots20260508")))), 0, 500, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        agent.shutdownNow();
        assertThat(agent.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        producer.close(Duration.ofSeconds(5));
        broker.close();
        receiver.stop(0);
    }

    @Test
    void theStatusSaysWhetherAllIsWatchedAndWhetherSomeoneWouldBeNotified() throws Exception {
        try (Parts parts = startParts()) {
            send("alice", NodeEvent.newBuilder().setNodeStarted(NodeStarted.newBuilder().setPid(1).setHost("host-of-alice")));
            running.add("alice");
            awaitFleet(parts, "\"name\":\"alice\"", true);
            await().atMost(LIMIT).untilAsserted(() -> {
                CommandRun good = CommandRun.of("status", "--config", config);
                assertThat(good.status()).as(good.out()).isZero();
                assertThat(good.out()).startsWith("OK: ").containsPattern("alice .*followed")
                        .containsPattern("detectors +1 running").containsPattern("alert workers +1 running").contains("hook: ");
            });
        }
        await().atMost(LIMIT).untilAsserted(() -> {
            CommandRun bad = CommandRun.of("status", "--config", config);
            assertThat(bad.status()).isEqualTo(1);
            assertThat(bad.out()).startsWith("NOT OK:").contains("no detectors run", "no alert worker runs");
        });
    }

    @Test
    void aForgottenNodeIsGoneEverywhereAndStaysGone() throws Exception {
        try (Parts parts = startParts()) {
            for (String node : List.of("alice", "bob")) {
                send(node, NodeEvent.newBuilder().setNodeStarted(NodeStarted.newBuilder().setPid(1).setHost("host-of-" + node)));
                running.add(node);
            }
            awaitFleet(parts, "\"name\":\"bob\"", true);
            running.remove("bob");
            send("bob", NodeEvent.newBuilder().setNodeStopped(
                    NodeStopped.newBuilder().setPid(1).setCause(NodeStopped.Cause.CAUSE_PROCESS_ENDED)));
            await().atMost(LIMIT).untilAsserted(() -> assertThat(told).anyMatch(body -> body.contains("NodeSilent")));
            CommandRun listed = CommandRun.of("nodes", "--config", config);
            assertThat(listed.out().lines()).as(listed.err()).hasSize(3)
                    .anyMatch(line -> line.matches("alice +main +host-of-alice +Knots +Knots v29.3.0.knots20260508 .*followed"))
                    .anyMatch(line -> line.startsWith("bob") && line.contains("host-of-bob") && line.endsWith("stopped"));

            refusesToForgetOthers();
            CommandRun forgotten = CommandRun.of("nodes", "forget", "bob", "--config", config);
            assertThat(forgotten.status()).as(forgotten.err()).isZero();
            assertThat(forgotten.out()).isEqualTo("forgot bob\n");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(told)
                    .anyMatch(body -> body.contains("NodeSilent") && body.contains("resolved")));
            awaitFleet(parts, "\"name\":\"bob\"", false);
            await().atMost(LIMIT).until(() -> !get(parts, "/metrics").contains("node=\"bob\""));
            isNotListed();
        }
        try (Parts parts = startParts()) {
            awaitFleet(parts, "\"name\":\"alice\"", true);
            awaitFleet(parts, "\"name\":\"bob\"", false);
            isNotListed();
        }
    }

    private void refusesToForgetOthers() {
        CommandRun live = CommandRun.of("nodes", "forget", "bob", "alice", "--config", config);
        assertThat(live.status()).isEqualTo(1);
        assertThat(live.err()).contains("alice is still heard from: the agent on host-of-alice follows it");
        CommandRun unknown = CommandRun.of("nodes", "forget", "bobb", "--config", config);
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.err()).contains("no node is named bobb, did you mean bob?");
    }

    private void isNotListed() {
        assertThat(CommandRun.of("nodes", "--config", config).out()).contains("alice").doesNotContain("bob");
        assertThat(CommandRun.of("nodes", "--config", config, "--all", "--json").out().lines())
                .anyMatch(line -> line.contains("\"name\":\"bob\"") && line.contains("\"state\":\"not followed\""));
    }

    private Parts startParts() {
        WatchdogConfiguration configuration = WatchdogConfiguration.read(Path.of(config));
        Parts parts = new Parts(configuration, KafkaConnection.orEmbedded(configuration));
        parts.startConsole();
        parts.startAlerts();
        parts.startDetectors();
        parts.startMonitoring();
        return parts;
    }

    private void awaitFleet(Parts parts, String row, boolean there) {
        await().atMost(LIMIT).until(() -> get(parts, "/console/api/fleet").contains(row) == there);
    }

    private static String get(Parts parts, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(parts.monitoring().orElseThrow().resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    private void send(String node, NodeEvent.Builder event) {
        producer.send(new ProducerRecord<>(Topics.NODE_EVENTS, node, event.setNode(node).setNetwork("main").setEpoch(epoch)
                .setSequence(sequence.incrementAndGet()).setObservedAtNs(now()).build()));
    }

    private static long now() {
        return System.currentTimeMillis() * 1_000_000;
    }
}
