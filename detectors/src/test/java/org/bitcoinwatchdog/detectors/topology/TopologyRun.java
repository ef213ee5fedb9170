package org.bitcoinwatchdog.detectors.topology;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertSerde;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.ChainStatusSerde;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeDigestSerde;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.Topics;

/**
 * The topology under Kafka Streams' test driver, which commits after each record. Not exactly-once: the driver drops
 * records such as dead letters, which are sent in a transaction before the committed record.
 */
public final class TopologyRun implements AutoCloseable {
    private static final String APPLICATION = "detectors";

    private final TopologyTestDriver driver;
    private final TestInputTopic<String, NodeEvent> events;
    private final TestInputTopic<byte[], byte[]> raw;
    private final TestOutputTopic<String, Alert> alerts;
    private final Map<String, byte[]> changelogs = new HashMap<>();

    public TopologyRun(Topology topology) {
        this(topology, new Counts(new SimpleMeterRegistry()));
    }

    public TopologyRun(Topology topology, Counts counts) {
        this(topology, counts, java.time.Instant.now());
    }

    /** @param wallClock where it begins */
    public TopologyRun(Topology topology, Counts counts, java.time.Instant wallClock) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFaults.class);
        properties.put(DeadLetters.COUNTS, counts);
        driver = new TopologyTestDriver(topology, properties, wallClock);
        events = driver.createInputTopic(Topics.NODE_EVENTS, new StringSerializer(), new NodeEventSerde().serializer());
        raw = driver.createInputTopic(Topics.NODE_EVENTS, new ByteArraySerializer(), new ByteArraySerializer());
        alerts = driver.createOutputTopic(Topics.ALERTS, new StringDeserializer(), new AlertSerde().deserializer());
    }

    public void on(NodeEvent event) {
        events.pipeInput(event.getNode(), event, event.getObservedAtNs() / 1_000_000);
    }

    /** Advances the wall clock, and runs what it triggers every few seconds. */
    public void waits(java.time.Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            driver.advanceWallClockTime(java.time.Duration.ofSeconds(1));
        }
    }

    public void raw(byte[] key, byte[] value) {
        raw.pipeInput(key, value);
    }

    public List<TestRecord<String, Alert>> alerts() {
        return alerts.readRecordsToList();
    }

    public List<TestRecord<String, NodeDigest>> digests() {
        return read(Topics.NODE_DIGESTS, new NodeDigestSerde().deserializer());
    }

    public List<TestRecord<String, ChainStatus>> statuses() {
        return read(Topics.CHAIN_STATUS, new ChainStatusSerde().deserializer());
    }

    public List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(Topics.DEAD_LETTERS, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private <V> List<TestRecord<String, V>> read(String topic, Deserializer<V> values) {
        return driver.createOutputTopic(topic, new StringDeserializer(), values).readRecordsToList();
    }

    /** The present content of the changelogs, by store and key. */
    public Map<String, Map<String, byte[]>> changelogs() {
        Map<String, Map<String, byte[]>> all = new LinkedHashMap<>();
        for (String store : List.of(WatchNodes.STORE, WatchFleets.STORE)) {
            read(APPLICATION + "-" + store + "-changelog", new ByteArrayDeserializer())
                    .forEach(record -> changelogs.put(store + '\n' + record.key(), record.value()));
            all.put(store, new LinkedHashMap<>());
        }
        changelogs.forEach((key, value) -> {
            int end = key.indexOf('\n');
            if (value != null) {
                all.get(key.substring(0, end)).put(key.substring(end + 1), value);
            }
        });
        return all;
    }

    /** As Kafka Streams restores the stores of a task that moved. */
    public TopologyRun restored(Map<String, Map<String, byte[]>> from) {
        from.forEach((store, entries) -> {
            WatchStore<?> watches = (WatchStore<?>) driver.getStateStore(store);
            entries.forEach(watches::restore);
            entries.forEach((key, value) -> changelogs.put(store + '\n' + key, value));
        });
        return this;
    }

    @Override
    public void close() {
        driver.close();
    }
}
