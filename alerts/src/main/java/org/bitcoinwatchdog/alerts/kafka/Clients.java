package org.bitcoinwatchdog.alerts.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bitcoinwatchdog.events.follow.FollowerThread;
import org.bitcoinwatchdog.events.follow.Start;
import org.bitcoinwatchdog.events.follow.TopicFollower;

/**
 * The Kafka clients of an alert worker.
 *
 * @param properties {@code bootstrap.servers} and further properties of the connection
 */
public record Clients(Map<String, Object> properties) {
    /** The workers' consumer group. */
    public static final String GROUP = "watchdog-alerts";
    /** How long the partitions of a dead worker wait for another one, by default. Short, because pages wait meanwhile. */
    private static final int SESSION_MS = 10_000;
    /** How long a client may take to close. Kafka's own limit is 30 s for a consumer; a producer has none. */
    public static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

    public Clients {
        properties = Map.copyOf(properties);
    }

    /** Shares {@code watchdog.alerts} with the other workers. It reads only committed transactions of the detectors. */
    KafkaConsumer<byte[], byte[]> worker() {
        Map<String, Object> own = new HashMap<>();
        own.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        own.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        if (!properties.containsKey(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)) {
            own.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
            own.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MS / 5);
        }
        // Kafka's heartbeat thread looks as often whether a heartbeat is due.
        own.put(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, properties.getOrDefault(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, 500));
        return consumer(own);
    }

    /** How long the group keeps the partitions of a worker that is silent. */
    Duration sessionTimeout() {
        Object configured = properties.getOrDefault(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
        return Duration.ofMillis(Long.parseLong(configured.toString()));
    }

    /**
     * Follows a compacted topic from its beginning. 
     *
     * @param row     gets the key, and its value or null if the key is gone
     * @param onFault gets the reason if following ends by itself
     */
    public FollowerThread follow(String topic, BiConsumer<String, byte[]> row, Consumer<Throwable> onFault) {
        return new FollowerThread(properties, topic, Start.beginning(),
                (record, waited) -> row.accept(Clients.text(record.key()), record.value()), onFault);
    }

    /**
     * Reads what a compacted topic holds now.
     *
     * @param row gets the key, and its value or null if the key is gone
     * @throws KafkaException if Kafka refuses, or if this takes longer than given
     */
    public void readAll(String topic, BiConsumer<String, byte[]> row, Duration within) {
        TopicFollower.readAll(properties, topic, within, record -> row.accept(Clients.text(record.key()), record.value()));
    }

    /** Reads partitions that it is given. */
    KafkaConsumer<byte[], byte[]> reader() {
        return consumer(Map.of());
    }

    /** Leaves the consumer's group, within {@link #CLOSE_WITHIN}. */
    static void close(org.apache.kafka.clients.consumer.Consumer<?, ?> consumer) {
        consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    }

    public Producer<byte[], byte[]> producer() {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> own) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1_000); // one request a second while nothing comes
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.putAll(own);
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A text as the key of a record. */
    static byte[] key(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The key of a record as text; empty if it has none. */
    static String text(byte[] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
}
