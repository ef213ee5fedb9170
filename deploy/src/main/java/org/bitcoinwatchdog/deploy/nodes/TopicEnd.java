package org.bitcoinwatchdog.deploy.nodes;

import java.time.Duration;
import java.time.Instant;
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
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.bitcoinwatchdog.events.follow.FollowerThread;
import org.bitcoinwatchdog.events.follow.Start;
import org.bitcoinwatchdog.events.follow.TopicFollower;

/** Reads the last records of a topic, and those that are added while it reads. For one thread. */
final class TopicEnd implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LIMIT_S = 30;
    /** One record of a clock that was far ahead must not make this read a whole day. */
    private static final long MOST_RECORDS = 200_000;

    private final TopicFollower follower;

    private TopicEnd(TopicFollower follower) {
        this.follower = follower;
    }

    /** From now on. */
    static TopicEnd now(Map<String, Object> kafka, String topic) {
        return new TopicEnd(TopicFollower.open(kafka, topic, Start.now()));
    }

    /** From {@code lookBack} before the latest record of each partition, whatever this host's clock says. */
    static TopicEnd lookingBack(Map<String, Object> kafka, String topic, Duration lookBack) {
        Map<TopicPartition, Instant> times = new HashMap<>();
        try (Admin admin = Admin.create(kafka)) {
            latest(admin, topic).forEach((partition, latest) -> times.put(partition, latest.minus(lookBack)));
        }
        return new TopicEnd(TopicFollower.open(kafka, topic, Start.since(times, MOST_RECORDS)));
    }

    /** Of the partitions that have a record. */
    private static Map<TopicPartition, Instant> latest(Admin admin, String topic) {
        try {
            Collection<TopicPartition> partitions = admin.describeTopics(List.of(topic)).allTopicNames()
                    .get(LIMIT_S, TimeUnit.SECONDS).get(topic).partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())).toList();
            Map<TopicPartition, Instant> latest = new HashMap<>();
            admin.listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.maxTimestamp())))
                    .all().get(LIMIT_S, TimeUnit.SECONDS).forEach((partition, last) -> {
                        if (last.offset() >= 0) {
                            latest.put(partition, Instant.ofEpochMilli(last.timestamp()));
                        }
                    });
            return latest;
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
     * Reads all old records, and new ones for the given time or until {@code enough} is true.
     *
     * @throws KafkaException if the old records can't be read within 30 s
     */
    void read(Duration listen, FollowerThread.OnRecord reader, BooleanSupplier enough) {
        long began = System.nanoTime();
        while (!enough.getAsBoolean() && !(follower.caughtUp() && System.nanoTime() - began >= listen.toNanos())) {
            if (!follower.caughtUp() && System.nanoTime() - began > TimeUnit.SECONDS.toNanos(LIMIT_S)) {
                throw new KafkaException("the end of a topic could not be read within " + LIMIT_S + " s");
            }
            for (ConsumerRecord<byte[], byte[]> record : follower.poll(POLL)) {
                reader.read(record, follower.waited(record));
            }
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
