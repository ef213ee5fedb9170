package org.bitcoinwatchdog.alerts.kafka;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters;
import org.bitcoinwatchdog.alerts.pipeline.AlertRecord;
import org.bitcoinwatchdog.alerts.pipeline.NotificationLog;
import org.bitcoinwatchdog.alerts.pipeline.NotificationLogEntry;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.events.follow.TopicFollower;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notification log in the compacted topic {@code watchdog.deliveries}. Key: sink and fingerprint. An entry is in the partition
 * with the number of the alert's partition in {@code watchdog.alerts}, so its owner reads exactly the entries that it needs.
 */
public final class KafkaNotificationLog implements NotificationLog, OwnedPartitions.Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaNotificationLog.class);
    /** Longer than Kafka keeps the offsets of a group without members (offsets.retention.minutes: a week). */
    private static final Duration RETENTION = Duration.ofDays(14);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Clients clients;
    private final Producer<byte[], byte[]> producer;
    private final AlertMeters meters;
    private final Map<Integer, Map<String, NotificationLogEntry>> partitions = new ConcurrentHashMap<>();

    public KafkaNotificationLog(Clients clients, Producer<byte[], byte[]> producer, AlertMeters meters) {
        this.clients = clients;
        this.producer = producer;
        this.meters = meters;
    }

    /** Reads all entries of the partitions that are in the topic now. */
    @Override
    public void restore(Collection<Integer> numbers) {
        numbers.forEach(this::own);
        try (TopicFollower follower = TopicFollower.ofPartitions(clients.properties(), Topics.DELIVERIES, numbers)) {
            while (!follower.caughtUp()) {
                follower.poll(POLL).forEach(this::restore);
            }
        }
        LOG.info("read the deliveries of partitions {}", numbers);
    }

    /** Starts to keep the entries of the partition. */
    void own(int partition) {
        partitions.put(partition, new ConcurrentHashMap<>());
    }

    @Override
    public void forget(int partition) {
        partitions.remove(partition);
    }

    @Override
    public Optional<NotificationLogEntry> of(String sink, AlertRecord record) {
        return Optional.ofNullable(partitions.getOrDefault(record.partition(), Map.of()).get(key(sink, record)));
    }

    @Override
    public void remember(String sink, Map<AlertRecord, NotificationLogEntry> entries) {
        List<Future<RecordMetadata>> writes = new ArrayList<>(entries.size());
        entries.forEach((record, state) -> {
            String key = key(sink, record);
            writes.add(change(record.partition(), key, state));
        });
        writes.forEach(write -> await(sink, write));
    }

    /**
     * Removes, from the topic and from memory, the entries of alerts that ended long ago. Only the owner of a partition may do
     * so: another worker may have written a newer entry.
     */
    public void sweep(Instant now) {
        Instant oldest = now.minus(RETENTION);
        partitions.forEach((number, partition) -> partition.forEach((key, known) -> {
            if (known.status() == AlertStatus.RESOLVED && known.at().isBefore(oldest)) {
                removeUnlessChanged(number, key, known);
            }
        }));
    }

    /** The topic gets the entries in the order in which memory has them, so a removal never follows a newer entry. */
    private synchronized Future<RecordMetadata> change(int number, String key, NotificationLogEntry state) {
        Map<String, NotificationLogEntry> partition = partitions.get(number);
        if (partition != null) {
            partition.put(key, state);
        }
        return write(number, key, NotificationLogJson.write(state));
    }

    private synchronized void removeUnlessChanged(int number, String key, NotificationLogEntry known) {
        Map<String, NotificationLogEntry> partition = partitions.get(number);
        if (partition != null && partition.remove(key, known)) {
            write(number, key, null);
        }
    }

    private Future<RecordMetadata> write(int partition, String key, byte[] json) {
        try {
            return producer.send(new ProducerRecord<>(Topics.DELIVERIES, partition, Clients.key(key), json));
        } catch (KafkaException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void await(String sink, Future<RecordMetadata> write) {
        try {
            write.get();
        } catch (ExecutionException e) {
            meters.notKept("delivery");
            LOG.error("a notification to {} could not be logged in Kafka, so a restart may repeat it", sink, e);
        } catch (InterruptedException e) {
            meters.notKept("delivery");
            Thread.currentThread().interrupt();
        }
    }

    private void restore(ConsumerRecord<byte[], byte[]> record) {
        Map<String, NotificationLogEntry> partition = partitions.get(record.partition());
        String key = Clients.text(record.key());
        if (record.value() == null) {
            partition.remove(key);
            return;
        }
        try {
            partition.put(key, NotificationLogJson.read(record.value()));
        } catch (IOException e) {
            meters.notKept("delivery");
            LOG.warn("record {} of {}-{} can't be read and is skipped", record.offset(), record.topic(), record.partition());
        }
    }

    /** @param sink the sink that took a notification */
    public record Delivered(String sink, Instant at) {
    }

    /** The sink and the time of a record; empty if it is not delivered or can't be read. */
    public static Optional<Delivered> delivered(String key, byte[] json) {
        try {
            NotificationLogEntry entry = json == null ? null : NotificationLogJson.read(json);
            int slash = key.indexOf('/');
            return entry == null || !entry.delivered() || slash < 0
                    ? Optional.empty()
                    : Optional.of(new Delivered(key.substring(0, slash), entry.at()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String key(String sink, AlertRecord record) {
        return sink + "/" + record.fingerprint();
    }
}
