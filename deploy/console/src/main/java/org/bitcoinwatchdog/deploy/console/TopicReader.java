package org.bitcoinwatchdog.deploy.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one topic whole, every partition of it, in a thread of its own and in no consumer group: each console sees
 * everything. What can't be read is counted and skipped; while Kafka is away it waits and tries again.
 */
final class TopicReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration LOOK_FOR_PARTITIONS = Duration.ofMinutes(1);

    /** What becomes of a record. */
    interface Fold {
        /**
         * @param waited whether the record was in the topic before this reader came to it
         * @throws SerializationException where the value is not what the topic holds
         */
        void fold(ConsumerRecord<byte[], byte[]> record, boolean waited);
    }

    private final String topic;
    private final Map<String, Object> properties;
    private final Duration lookBack;
    private final Fold fold;
    private final Counter read;
    private final Counter unreadable;
    private final Thread thread;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Consumer<byte[], byte[]> consumer;
    private volatile Optional<String> fault = Optional.empty();

    /** @param lookBack how long before now to begin; null for the topic's begin */
    TopicReader(String topic, Map<String, Object> kafkaProperties, Duration lookBack, MeterRegistry meters, Fold fold) {
        this.topic = topic;
        this.properties = properties(topic, kafkaProperties);
        this.lookBack = lookBack;
        this.fold = fold;
        this.read = records(meters, "read");
        this.unreadable = records(meters, "unreadable");
        this.thread = new Thread(this::run, "console-" + topic);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Why it ended, where it did so by itself. */
    Optional<String> fault() {
        return fault;
    }

    @Override
    public void close() {
        closing.countDown();
        Consumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed()) {
            try (KafkaConsumer<byte[], byte[]> opened =
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = opened;
                read(opened);
            } catch (WakeupException e) {
                LOG.debug("reader of {} ends", topic);
            } catch (KafkaException e) {
                LOG.warn("the console can't read {}, tries again: {}", topic, e.toString());
                pause();
            } catch (RuntimeException | Error e) {
                LOG.error("the console no longer reads {}", topic, e);
                fault = Optional.of("no longer reads " + topic + ": " + e.getClass().getSimpleName());
                return;
            }
        }
    }

    private void read(Consumer<byte[], byte[]> opened) {
        List<TopicPartition> assigned = new ArrayList<>();
        long lookedAt = 0;
        while (!closed()) {
            if (System.nanoTime() - lookedAt > LOOK_FOR_PARTITIONS.toNanos() || assigned.isEmpty()) {
                assign(opened, assigned);
                lookedAt = System.nanoTime();
            }
            if (assigned.isEmpty()) {
                pause();
                continue;
            }
            for (ConsumerRecord<byte[], byte[]> record : opened.poll(POLL)) {
                fold(record);
            }
        }
    }

    /** Takes partitions that are new, and leaves the others where they are. */
    private void assign(Consumer<byte[], byte[]> opened, List<TopicPartition> assigned) {
        List<TopicPartition> added = opened.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .filter(partition -> !assigned.contains(partition))
                .toList();
        if (added.isEmpty()) {
            return;
        }
        assigned.addAll(added);
        opened.assign(assigned);
        opened.endOffsets(added).forEach(ends::putIfAbsent);
        begins(opened, added).forEach(opened::seek);
    }

    private Map<TopicPartition, Long> begins(Consumer<byte[], byte[]> opened, List<TopicPartition> partitions) {
        if (lookBack == null) {
            return opened.beginningOffsets(partitions);
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        long from = Instant.now().minus(lookBack).toEpochMilli();
        partitions.forEach(partition -> times.put(partition, from));
        Map<TopicPartition, Long> begins = new HashMap<>();
        partitions.forEach(partition -> begins.put(partition, ends.get(partition)));
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found : opened.offsetsForTimes(times).entrySet()) {
            if (found.getValue() != null) {
                begins.put(found.getKey(), found.getValue().offset());
            }
        }
        return begins;
    }

    private void fold(ConsumerRecord<byte[], byte[]> record) {
        try {
            fold.fold(record, record.offset() < ends.get(new TopicPartition(topic, record.partition())));
            read.increment();
        } catch (SerializationException e) {
            unreadable.increment();
        }
    }

    private boolean closed() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> properties(String topic, Map<String, Object> given) {
        Map<String, Object> properties = new HashMap<>(given);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "watchdog-console-" + topic);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return properties;
    }

    private Counter records(MeterRegistry meters, String outcome) {
        return Counter.builder("watchdog.console.records")
                .description("Records that the console has read from Kafka")
                .tags("topic", topic, "outcome", outcome)
                .register(meters);
    }
}
