package org.bitcoinwatchdog.deploy.nodes;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the last records of a topic, and those that are added while it reads. For one thread. */
final class TopicEnd implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LIMIT_S = 30;
    /** One record of a clock that was far ahead must not make this read a whole day. */
    private static final long MOST_RECORDS = 200_000;

    /** Takes a record. */
    interface Reader {
        /** @param added whether it was added after this topic was opened */
        void read(ConsumerRecord<byte[], byte[]> record, boolean added);
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    private TopicEnd(Map<String, Object> kafka, String topic) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition())).toList();
        consumer.assign(partitions);
        ends = consumer.endOffsets(partitions);
        ends.forEach(consumer::seek);
    }

    /** From now on. */
    static TopicEnd now(Map<String, Object> kafka, String topic) {
        return new TopicEnd(kafka, topic);
    }

    /** From {@code lookBack} before the latest record of each partition, whatever this host's clock says. */
    static TopicEnd lookingBack(Map<String, Object> kafka, String topic, Duration lookBack) {
        TopicEnd opened = new TopicEnd(kafka, topic);
        try (Admin admin = Admin.create(kafka)) {
            opened.seekBack(latest(admin, opened.ends.keySet()), lookBack);
        }
        return opened;
    }

    private void seekBack(Map<TopicPartition, ListOffsetsResultInfo> latest, Duration lookBack) {
        Map<TopicPartition, Long> times = new HashMap<>();
        latest.forEach((partition, last) -> {
            if (last.offset() >= 0) {
                times.put(partition, Math.max(0, last.timestamp() - lookBack.toMillis()));
            }
        });
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(times.keySet());
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found : consumer.offsetsForTimes(times).entrySet()) {
            TopicPartition partition = found.getKey();
            long from = found.getValue() == null ? begins.get(partition) : found.getValue().offset();
            consumer.seek(partition, Math.max(from, ends.get(partition) - MOST_RECORDS));
        }
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> latest(Admin admin, Collection<TopicPartition> partitions) {
        try {
            return admin.listOffsets(partitions.stream().collect(Collectors.toMap(
                    Function.identity(), partition -> OffsetSpec.maxTimestamp()))).all().get(LIMIT_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new KafkaException("Kafka refused: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka did not answer within " + LIMIT_S + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for Kafka", e);
        }
    }

    /**
     * Reads all that was there, and what is added for the time given, or until it is enough.
     *
     * @throws KafkaException if what was there can't be read within 30 s
     */
    void read(Duration listen, Reader reader, BooleanSupplier enough) {
        long began = System.nanoTime();
        while (!enough.getAsBoolean() && !(caughtUp() && System.nanoTime() - began >= listen.toNanos())) {
            if (!caughtUp() && System.nanoTime() - began > TimeUnit.SECONDS.toNanos(LIMIT_S)) {
                throw new KafkaException("the end of a topic could not be read within " + LIMIT_S + " s");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                reader.read(record, record.offset() >= ends.get(new TopicPartition(record.topic(), record.partition())));
            }
        }
    }

    private boolean caughtUp() {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
