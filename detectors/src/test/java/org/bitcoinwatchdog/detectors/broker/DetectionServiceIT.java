package org.bitcoinwatchdog.detectors.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.RandomTraffic;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertSerde;
import org.bitcoinwatchdog.events.NodeDigestSerde;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.testing.TestBroker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The detectors in a process of their own against a real broker, exactly once. */
class DetectionServiceIT {
    private static final int PARTITIONS = 2;
    private static final Duration WITHIN = Duration.ofSeconds(120);
    /** They compare nodes, or depend on how fast this machine is. */
    private static final Set<String> NOT_OF_ONE_NODES_EVENTS = Set.of("FleetLag", "FleetSplit", "NoBlock", "Eclipse", "PipelineLagging");

    @TempDir
    private Path directory;
    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker(directory,
                new NewTopic(Topics.NODE_EVENTS, PARTITIONS, (short) 1),
                new NewTopic(Topics.NODE_DIGESTS, PARTITIONS, (short) 1),
                new NewTopic(Topics.ALERTS, PARTITIONS, (short) 1),
                new NewTopic(Topics.CHAIN_STATUS, 1, (short) 1),
                new NewTopic(Topics.DEAD_LETTERS, 1, (short) 1));
        broker.start();
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void killedTwiceAmidTrafficItLosesDoublesAndChangesNoAlert() throws Exception {
        List<NodeEvent> events = RandomTraffic.of(5, 120);
        int third = events.size() / 3;
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int part = 0; part < 2; part++) {
                Child detectors = detectors(part);
                send(producer, events.subList(part * third, (part + 1) * third));
                awaitDigestOf(events.get((part + 1) * third - third / 2));
                detectors.kill();
            }
            send(producer, events.subList(2 * third, events.size()));
        }
        try (Child detectors = detectors(2)) {
            awaitDigestOf(lastOf("node-0", events));
            awaitDigestOf(lastOf("node-1", events));
            awaitDigestOf(lastOf("node-2", events));
        }

        // Alerts about one node depend only on its events. The partitions are read at different speeds, so alerts that compare
        // nodes may differ by seconds.
        Map<String, List<String>> expected = ofNodes(offline(events));
        Map<String, List<String>> told = ofNodes(readAll(Topics.ALERTS, new AlertSerde().deserializer()));
        assertThat(told.keySet()).isEqualTo(expected.keySet()).hasSizeGreaterThan(3);
        expected.forEach((alert, lines) -> assertThat(told.get(alert)).as(alert).containsExactlyElementsOf(lines));
    }

    @Test
    void whatCanNotBeReadIsADeadLetterOnce() throws Exception {
        byte[] poison = "no event".getBytes(StandardCharsets.UTF_8);
        List<NodeEvent> events = RandomTraffic.of(6, 5);
        try (KafkaProducer<byte[], byte[]> producer = producer(); Child detectors = detectors(0)) {
            producer.send(new ProducerRecord<>(Topics.NODE_EVENTS, "node-0".getBytes(StandardCharsets.UTF_8), poison)).get();
            send(producer, events);
            awaitDigestOf(lastOf("node-0", events));
        }

        assertThat(readAll(Topics.DEAD_LETTERS, new ByteArrayDeserializer())).containsExactly(poison);
    }

    private Child detectors(int run) throws Exception {
        return Child.start(DetectorsMain.class, directory.resolve("detectors.log"), broker.address(),
                directory.resolve("state-" + run).toString());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(Map.of("bootstrap.servers", broker.address()),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, List<NodeEvent> events) {
        events.forEach(event -> producer.send(new ProducerRecord<>(Topics.NODE_EVENTS, null,
                event.getObservedAtNs() / 1_000_000, event.getNode().getBytes(StandardCharsets.UTF_8), event.toByteArray())));
        producer.flush();
    }

    private static NodeEvent lastOf(String node, List<NodeEvent> events) {
        return events.stream().filter(event -> event.getNode().equals(node)).reduce((first, second) -> second).orElseThrow();
    }

    /** Waits until the node's events up to this one are committed. */
    private void awaitDigestOf(NodeEvent event) {
        long second = event.getObservedAtNs() / 1_000_000_000L;
        read(Topics.NODE_DIGESTS, new NodeDigestSerde().deserializer(), digest ->
                digest.getNode().equals(event.getNode()) && digest.getAtNs() / 1_000_000_000L >= second);
    }

    private <V> List<V> readAll(String topic, Deserializer<V> values) {
        return read(topic, values, null);
    }

    /**
     * What is committed on a topic.
     *
     * @param until waits for such a record; null: reads until the present end
     */
    private <V> List<V> read(String topic, Deserializer<V> values, Predicate<V> until) {
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.address(),
                "isolation.level", "read_committed", "auto.offset.reset", "earliest");
        List<V> read = new ArrayList<>();
        try (KafkaConsumer<String, V> consumer = new KafkaConsumer<>(properties, new StringDeserializer(), values)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + WITHIN.toNanos();
            boolean done = false;
            while (!done && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, V> record : consumer.poll(Duration.ofMillis(200))) {
                    read.add(record.value());
                    done |= until != null && until.test(record.value());
                }
                done |= until == null
                        && partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
            }
            assertThat(done).as("read of %s, see %s", topic, directory).isTrue();
        }
        return read;
    }

    private static List<Alert> offline(List<NodeEvent> events) {
        List<Alert> alerts = new ArrayList<>();
        OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts::add);
        events.forEach(detection::on);
        return alerts;
    }

    /** The records of each alert about one node, in order. */
    private static Map<String, List<String>> ofNodes(List<Alert> alerts) {
        return alerts.stream()
                .filter(alert -> alert.labels().containsKey(Alert.NODE) && !NOT_OF_ONE_NODES_EVENTS.contains(alert.labels().get(Alert.ALERTNAME)))
                .collect(Collectors.groupingBy(
                        alert -> alert.labels().get(Alert.ALERTNAME) + " " + alert.labels().get(Alert.NODE),
                        Collectors.mapping(DetectionServiceIT::line, Collectors.toList())));
    }

    private static String line(Alert alert) {
        return alert.updatedAt() + " " + alert.status() + " " + alert.severity() + " since " + alert.startsAt() + ": "
                + alert.annotations().get(Alert.SUMMARY);
    }
}
