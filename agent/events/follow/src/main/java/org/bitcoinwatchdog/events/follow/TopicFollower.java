package org.bitcoinwatchdog.events.follow;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every partition of a topic, in no consumer group. It notices partitions that are added, and reads those from their
 * beginning. While Kafka is away, it waits; then it goes on where it was. Only records of committed transactions are read.
 * Keys and values are bytes: the user decodes them, and counts what it can't decode. For one thread, but for {@link #stop}.
 */
public final class TopicFollower implements AutoCloseable {
    /** How long Kafka holds a request while nothing comes. A record is sent at once. */
    static final Duration LONGEST_FETCH = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ofDays(36_500);
    /** A topic that does not exist yet is looked for more often. */
    private static final Duration LOOK_FOR_TOPIC = Duration.ofSeconds(1);
    /** A command must still end at once if the user stops it while Kafka is away. */
    private static final Duration LOOK_WITHIN = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Start start;
    private final Duration lookForPartitions;
    private final CountDownLatch stopped = new CountDownLatch(1);
    /** What {@link #caughtUp} waits for, for each partition that is read. */
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private boolean opened;
    private boolean caughtUp;
    private long nextLookNs;

    /** Asks Kafka nothing yet. */
    TopicFollower(Map<String, Object> kafka, String topic, Start start, Duration lookForPartitions) {
        this(consumer(kafka, lookForPartitions), topic, start, lookForPartitions);
    }

    private TopicFollower(Consumer<byte[], byte[]> consumer, String topic, Start start, Duration lookForPartitions) {
        this.consumer = consumer;
        this.topic = topic;
        this.start = start;
        this.lookForPartitions = lookForPartitions;
    }

    /**
     * Its start is found before this returns.
     *
     * @param kafka {@code bootstrap.servers} and whatever the connection needs
     * @throws KafkaException if Kafka does not answer
     */
    public static TopicFollower open(Map<String, Object> kafka, String topic, Start start) {
        return open(consumer(kafka, LOOK_FOR_PARTITIONS), topic, start);
    }

    /** Reads with this consumer, and closes it in the end. */
    public static TopicFollower open(Consumer<byte[], byte[]> consumer, String topic, Start start) {
        TopicFollower follower = new TopicFollower(consumer, topic, start, LOOK_FOR_PARTITIONS);
        return follower.opened(follower::open);
    }

    /** Reads only these partitions, from their beginning. */
    public static TopicFollower ofPartitions(Map<String, Object> kafka, String topic, Collection<Integer> numbers) {
        TopicFollower follower = new TopicFollower(kafka, topic, Start.beginning(), NEVER);
        return follower.opened(() -> follower.take(
                numbers.stream().map(number -> new TopicPartition(topic, number)).toList(), Start.beginning()));
    }

    /**
     * Reads what the topic holds now, once.
     *
     * @throws KafkaException if Kafka refuses, or if this takes longer than given
     */
    public static void readAll(Map<String, Object> kafka, String topic, Duration within,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        long began = System.nanoTime();
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(within.toMillis()));
        try (TopicFollower follower = open(properties, topic, Start.beginning())) {
            while (!follower.caughtUp()) {
                if (System.nanoTime() - began > within.toNanos()) {
                    throw new TimeoutException(topic + " could not be read within " + within.toSeconds() + " s");
                }
                follower.poll(POLL).forEach(reader);
            }
        }
    }

    /** Waits until there are records, at most as long as given, and returns them. */
    public ConsumerRecords<byte[], byte[]> poll(Duration wait) {
        if (!opened) {
            open();
            return ConsumerRecords.empty();
        }
        if (System.nanoTime() - nextLookNs >= 0) {
            lookForPartitions();
        }
        if (ends.isEmpty()) {
            pause(wait);
            return ConsumerRecords.empty();
        }
        return consumer.poll(wait);
    }

    /** Whether the record was in its partition before this follower came to that partition. */
    public boolean waited(ConsumerRecord<?, ?> record) {
        return record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()));
    }

    /** Whether everything was read that was in the topic when this follower came to it. A topic that does not exist is empty. */
    public boolean caughtUp() {
        caughtUp = caughtUp || opened
                && ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        return caughtUp;
    }

    /**
     * From now on, {@link #caughtUp} means: everything was read that is in the topic now.
     *
     * @return how many records were ever written to the topic, markers of transactions included
     */
    public long moveEnd() {
        ends.putAll(consumer.endOffsets(List.copyOf(ends.keySet())));
        caughtUp = false;
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many records of the topic come after those that were read, by Kafka's last answer. */
    public long unread() {
        return consumer.assignment().stream().mapToLong(partition -> consumer.currentLag(partition).orElse(0)).sum();
    }

    /** Ends a {@link #poll} that waits in another thread, with a {@link WakeupException}. */
    public void stop() {
        stopped.countDown();
        consumer.wakeup();
    }

    @Override
    public void close() {
        // Without waiting for the request under way: there is nothing to commit, and no group to leave.
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }

    private TopicFollower opened(Runnable opening) {
        try {
            opening.run();
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void open() {
        take(partitions(consumer.partitionsFor(topic)), start);
    }

    private void lookForPartitions() {
        try {
            take(partitions(consumer.partitionsFor(topic, LOOK_WITHIN)).stream()
                    .filter(partition -> !ends.containsKey(partition)).toList(), Start.beginning());
        } catch (RetriableException e) {
            lookLater();
            LOG.debug("could not look for new partitions of {}, trying again: {}", topic, e.toString());
        }
    }

    /** Partitions that are read already stay where they are. */
    private void take(Collection<TopicPartition> added, Start start) {
        if (!added.isEmpty()) {
            assign(added);
            try {
                Map<TopicPartition, Long> addedEnds = consumer.endOffsets(added);
                start.offsets(consumer, addedEnds).forEach(consumer::seek);
                ends.putAll(addedEnds);
            } catch (RuntimeException e) {
                assign(List.of());
                throw e;
            }
            caughtUp = false;
        } else if (ends.isEmpty()) {
            LOG.debug("the topic {} does not exist", topic);
        }
        opened = true;
        lookLater();
    }

    /** Kafka's client warns if it is asked for the end of a partition that is not assigned. */
    private void assign(Collection<TopicPartition> added) {
        Set<TopicPartition> assigned = new HashSet<>(ends.keySet());
        assigned.addAll(added);
        consumer.assign(assigned);
    }

    private void lookLater() {
        nextLookNs = System.nanoTime() + (ends.isEmpty() ? LOOK_FOR_TOPIC : lookForPartitions).toNanos();
    }

    private List<TopicPartition> partitions(List<PartitionInfo> found) {
        return found.stream().map(partition -> new TopicPartition(topic, partition.partition())).toList();
    }

    private void pause(Duration wait) {
        try {
            if (stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new WakeupException();
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e); // it sets the thread's flag again
        }
    }

    /** The client answers questions about partitions from its metadata, so these must not be older than the next look. */
    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> kafka, Duration metadataAge) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        if (metadataAge.compareTo(NEVER) < 0) {
            properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, metadataAge.toMillis());
        }
        properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) LONGEST_FETCH.toMillis());
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
