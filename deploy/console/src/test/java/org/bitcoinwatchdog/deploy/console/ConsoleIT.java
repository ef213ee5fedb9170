package org.bitcoinwatchdog.deploy.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.console.model.AutonomousSystems;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the topics of a real broker to the answers for a browser. */
class ConsoleIT {
    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static Map<String, Object> kafka;
    private static KafkaProducer<String, byte[]> producer;
    private final Traffic alice = new Traffic("alice");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(directory);
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.createMissing(topics.plan(TopicSettings.defaults()));
        }
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void closeBroker() {
        producer.close();
        broker.close();
    }

    @Test
    void showsWhatTheTopicsSay() throws Exception {
        Alert flood = SampleAlerts.flood("alice", Instant.now());
        send(Topics.ALERTS, flood.fingerprint(), AlertJson.write(flood));
        try (ConsoleServer console = open()) {
            awaitThat(console, "console/api/alerts", "AddressFlood");

            byte[] block = alice.block(1, 840_000).toByteArray();
            byte[] digest = NodeDigest.newBuilder().setNode("alice").setNetwork("main").setAtNs(Traffic.BEGIN_S * 1_000_000_000L)
                    .addScores(Score.newBuilder().setRule("fleet-lag").setThreshold(60)).build().toByteArray();
            await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(300)).untilAsserted(() -> {
                send(Topics.NODE_EVENTS, "alice", block);
                send(Topics.NODE_DIGESTS, "alice", digest);
                assertThat(get(console, "console/api/node?node=alice")).contains("\"height\":840000", "fleet-lag", "\"state\":\"live\"");
            });

            send(Topics.ALERTS, flood.fingerprint(), null);
            await().atMost(Duration.ofSeconds(30)).until(() -> !get(console, "console/api/alerts").contains("AddressFlood"));
        }
    }

    @Test
    void aRecordThatCanNotBeReadIsCountedAndLosesNothingElse() throws Exception {
        Alert lag = SampleAlerts.lag("bob", "page", Instant.now());
        send(Topics.ALERTS, "poison", "no alert".getBytes(StandardCharsets.UTF_8));
        send(Topics.SILENCES, "poison", "no silence".getBytes(StandardCharsets.UTF_8));
        send(Topics.ALERTS, lag.fingerprint(), AlertJson.write(lag));
        try (ConsoleServer console = open()) {
            awaitThat(console, "console/api/alerts", "FleetLag");
            for (String topic : List.of(Topics.ALERTS, Topics.SILENCES)) {
                await().atMost(Duration.ofSeconds(10)).until(() ->
                        meters.counter("watchdog.console.records", "topic", topic, "outcome", "unreadable").count() >= 1);
            }
        }
    }

    @Test
    void aSilenceIsKeptInKafkaAndSeenByEveryConsole() throws Exception {
        try (ConsoleServer one = open(); ConsoleServer other = open()) {
            HttpResponse<String> added = http.send(HttpRequest.newBuilder(URI.create(one.url() + "console/api/silences"))
                    .header("X-Watchdog-Console", "1").POST(HttpRequest.BodyPublishers.ofString("""
                            {"matchers": [{"label": "node", "operator": "=~", "value": "al.*"}], "author": "ann", "comment": "upgrade",
                             "durationS": 3600}""")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
            awaitThat(other, "console/api/silences", "\"state\":\"active\"");

            String id = added.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
            HttpResponse<String> ended = http.send(HttpRequest.newBuilder(URI.create(other.url() + "console/api/silences?id=" + id))
                    .header("X-Watchdog-Console", "1").DELETE().build(), HttpResponse.BodyHandlers.ofString());
            assertThat(ended.statusCode()).as(ended.body()).isEqualTo(200);
            awaitThat(one, "console/api/silences", "\"state\":\"expired\"");
        }
    }

    @Test
    void doesNotOpenToOtherMachinesWithoutASecret() {
        assertThatThrownBy(() -> new Console(new HttpSettings("0.0.0.0:0"), AutonomousSystems.UNKNOWN, kafka, java.time.Clock.systemUTC(), meters))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("http.token-file");
    }

    private ConsoleServer open() throws IOException {
        ConsoleServer console = new ConsoleServer(new HttpSettings("127.0.0.1:0"), kafka, meters);
        console.start();
        return console;
    }

    private void awaitThat(ConsoleServer console, String path, String says) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(get(console, path)).contains(says));
    }

    private String get(ConsoleServer console, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(console.url() + path)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private static void send(String topic, String key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, key, value)).get();
    }
}
