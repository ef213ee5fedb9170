package org.bitcoinwatchdog.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.alerts.AlertService;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.alerts.sinks.Webhook;
import org.bitcoinwatchdog.alerts.sinks.WebhookSignature;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.resource.OpenParts;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;
import org.bitcoinwatchdog.deploy.webhook.WebhookServer;
import org.bitcoinwatchdog.detectors.DetectionService;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line from the topic of node events to a webhook: a real broker, the detectors, the alert worker. */
class LineIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final OpenParts open = new OpenParts();
    private final Secret webhookKey = WebhookSignature.newSecret();
    private final List<Alert> received = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private Map<String, Object> kafka;
    private WebhookServer webhook;

    @BeforeEach
    void startKafka() throws IOException {
        EmbeddedBroker broker = open.add(EmbeddedBroker.start(directory.resolve("broker")));
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.createMissing(topics.plan(TopicSettings.defaults()));
        }
        webhook = open.add(new WebhookServer(new WebhookSignature(webhookKey), arrived -> received.add(arrived.alert()), refused::add));
    }

    @AfterEach
    void stop() {
        open.close();
    }

    /** With a sink that is down, and with invalid records among the events and the alerts. */
    @Test
    void firingAndResolvedArriveAtTheWebhookWhateverElseIsWrong() throws IOException {
        startParts(unreachableSink(), webhookSink());
        byte[] garbage = "no protobuf".getBytes(StandardCharsets.UTF_8);
        List<byte[]> events = new ArrayList<>(FloodEvents.upToNow());
        events.add(events.size() / 2, garbage);
        events.add(0, garbage);

        publish(events);
        publish(Topics.ALERTS, List.of("{\"no\": \"alert\"}".getBytes(StandardCharsets.UTF_8)));

        awaitFiringThenResolved();
        assertThat(refused).isEmpty();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(deadLetters())
                .filteredOn(value -> new String(value, StandardCharsets.UTF_8).contains("no protobuf")).hasSize(2));
    }

    @Test
    void anAlertIsCommittedAtOnceHoweverLongTheCommitIntervalIs() throws IOException {
        open.add(new AlertService(AlertSettings.defaults().withSinks(webhookSink()), kafka, new SimpleMeterRegistry())).start();
        Duration interval = LIMIT.multipliedBy(4);
        open.add(detectors(", streams: {commit-interval: " + interval.toSeconds() + "s}",
                Map.of("producer.transaction.timeout.ms", Math.toIntExact(interval.toMillis())))).start();

        publish(FloodEvents.upToNow());

        awaitFiringThenResolved();
    }

    @Test
    void detectorsThatAreStartedAnewReadOnAtOnce() throws IOException {
        // Without leaving the group, the first would hold the partitions for its whole session timeout.
        Map<String, Object> longSession = Map.of("session.timeout.ms", Math.toIntExact(LIMIT.multipliedBy(4).toMillis()));
        try (DetectionService first = detectors("", longSession)) {
            first.start();
            await().atMost(LIMIT).until(() -> first.obstacle().isEmpty());
        }
        DetectionService second = open.add(detectors("", longSession));
        second.start();
        await().atMost(LIMIT).until(() -> second.obstacle().isEmpty());
    }

    private void startParts(SinkSettings... sinks) throws IOException {
        AlertSettings settings = AlertSettings.defaults().withSinks(sinks);
        open.add(new AlertService(settings, kafka, new SimpleMeterRegistry())).start();
        open.add(detectors()).start();
    }

    private DetectionService detectors() throws IOException {
        return detectors("", Map.of());
    }

    private DetectionService detectors(String settings, Map<String, Object> properties) throws IOException {
        // The recording ends 43 s after the flood; with the default of 10 min the alert would outlast it.
        Path file = Files.writeString(directory.resolve("watchdog.yaml"),
                "detectors: {address-flooding: {address-flood: {window: 20s}}" + settings + "}\n");
        Map<String, Object> streams = new HashMap<>(kafka);
        streams.putAll(properties);
        streams.put("state.dir", directory.resolve("streams").toString());
        return new DetectionService(WatchdogConfiguration.read(file).detectors(), streams, new SimpleMeterRegistry());
    }

    private static SinkSettings unreachableSink() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            URI closed = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
            return new Webhook(
                    "unreachable", Optional.of(closed), Optional.empty(), Optional.empty(), Optional.of(true));
        }
    }

    private SinkSettings webhookSink() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), webhookKey.reveal());
        return new Webhook(
                "hook", Optional.of(webhook.address()), Optional.empty(), Optional.of(secret), Optional.of(true));
    }

    private void awaitFiringThenResolved() {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(received).isNotEmpty()
                .last().extracting(Alert::status).isEqualTo(AlertStatus.RESOLVED));
        assertThat(received.get(0).firing()).isTrue();
        assertThat(received).extracting(alert -> alert.labels().get(Alert.ALERTNAME)).containsOnly("AddressFlood");
        assertThat(received).extracting(Alert::fingerprint).containsOnly(received.get(0).fingerprint());
    }

    private void publish(List<byte[]> events) {
        publish(Topics.NODE_EVENTS, events);
    }

    private void publish(String topic, List<byte[]> values) {
        try (var producer = new KafkaProducer<>(new HashMap<>(kafka), new StringSerializer(), new ByteArraySerializer())) {
            values.forEach(value -> producer.send(new ProducerRecord<>(topic, key(value), value)));
            producer.flush();
        }
    }

    private static String key(byte[] value) {
        try {
            return NodeEvent.parseFrom(value).getNode();
        } catch (IOException e) {
            return "node-0"; // invalid bytes among a node's events
        }
    }

    private List<byte[]> deadLetters() {
        TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS, 0);
        try (var consumer = new KafkaConsumer<>(
                new HashMap<>(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<byte[]> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }
}
