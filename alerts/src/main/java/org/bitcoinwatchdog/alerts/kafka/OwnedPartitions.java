package org.bitcoinwatchdog.alerts.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.bitcoinwatchdog.alerts.pipeline.AlertMeters;
import org.bitcoinwatchdog.alerts.pipeline.Receivers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions that this worker owns. A new one is read from its beginning, because its alerts are state: reminders are due
 * for those that still fire. Up to the committed offset, every sink got everything, so only the last state of an alert
 * counts. After it, every state counts.
 */
final class OwnedPartitions implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedPartitions.class);
    private static final Duration LONGEST_COMMIT_INTERVAL = Duration.ofSeconds(1);

    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(3);

    private final Consumer<byte[], byte[]> consumer;
    private final Deliveries memory;
    private final Receivers receivers;
    private final AlertMeters meters;
    private final Supplier<Duration> patience;
    private final Duration lease;
    /** What Kafka has acknowledged. */
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Map<TopicPartition, Long> catchingUpTo = new HashMap<>();
    private final Duration commitInterval;
    /** The failure that was logged last, while commits fail. */
    private Class<?> lastFailure;
    private long nextCommitNs = System.nanoTime();

    /** The entries of the notification log, by partition. */
    interface Deliveries {
        void restore(Collection<Integer> partitions);

        void forget(int partition);
    }

    OwnedPartitions(Consumer<byte[], byte[]> consumer, Deliveries memory, Receivers receivers, AlertMeters meters,
            Supplier<Duration> patience, Duration session) {
        this.consumer = consumer;
        this.memory = memory;
        this.receivers = receivers;
        this.meters = meters;
        this.patience = patience;
        Duration often = session.dividedBy(5);
        this.commitInterval = often.compareTo(LONGEST_COMMIT_INTERVAL) < 0 ? often : LONGEST_COMMIT_INTERVAL;
        this.lease = session.multipliedBy(4).dividedBy(5); // a margin for the clocks, and for the attempt under way
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        if (assigned.isEmpty()) {
            return;
        }
        receivers.hold(true);
        memory.restore(assigned.stream().map(TopicPartition::partition).toList());
        Map<TopicPartition, OffsetAndMetadata> offsets = consumer.committed(new HashSet<>(assigned));
        assigned.forEach(partition -> {
            OffsetAndMetadata offset = offsets.get(partition);
            committed.put(partition, offset == null ? 0 : offset.offset());
        });
        meters.partitions(committed.size());
        catchingUpTo.putAll(consumer.endOffsets(assigned));
        consumer.seekToBeginning(assigned);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        Map<TopicPartition, OffsetAndMetadata> acknowledged = acknowledged(revoked);
        give(revoked, patience.get());
        try {
            consumer.commitSync(acknowledged, COMMIT_WITHIN);
        } catch (KafkaException e) {
            notCommitted(e);
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
        give(lost, Duration.ZERO);
    }

    /** Whether an earlier owner of the partition has finished everything up to the record. */
    boolean isHistory(ConsumerRecord<byte[], byte[]> record) {
        return record.offset() < committed.get(new TopicPartition(record.topic(), record.partition()))
                && catchingUpTo.containsKey(new TopicPartition(record.topic(), record.partition()));
    }

    /** Lets notifications begin when every partition is read up to the end that it had at first. */
    void releaseWhenCaughtUp() {
        if (!catchingUpTo.isEmpty()) {
            catchingUpTo.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (catchingUpTo.isEmpty()) {
                LOG.info("caught up with the alerts of partitions {}", committed.keySet().stream()
                        .map(TopicPartition::partition).sorted().collect(Collectors.toList()));
                receivers.hold(false);
            }
        }
    }

    /** How often {@link #commit} is due. */
    Duration commitInterval() {
        return commitInterval;
    }

    void commit() {
        if (System.nanoTime() - nextCommitNs < 0) {
            return;
        }
        nextCommitNs = System.nanoTime() + commitInterval.toNanos();
        Map<TopicPartition, OffsetAndMetadata> acknowledged = acknowledged(committed.keySet());
        if (acknowledged.isEmpty()) { // commits an old offset again: only a member of the group can, so it renews the lease
            committed.entrySet().stream().findFirst().ifPresent(
                    same -> acknowledged.put(same.getKey(), new OffsetAndMetadata(same.getValue())));
        }
        if (!acknowledged.isEmpty()) {
            long askedNs = System.nanoTime();
            consumer.commitAsync(acknowledged, (offsets, failure) -> {
                if (failure == null) {
                    acknowledged(offsets);
                    receivers.renewLease(askedNs, lease);
                    committedAgain();
                } else {
                    notCommitted(failure);
                }
            });
        }
    }

    /** A partition may have gone since the commit was asked for. */
    private void acknowledged(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) ->
                committed.computeIfPresent(partition, (same, before) -> Math.max(before, offset.offset())));
    }

    boolean owns(int partition) {
        return committed.keySet().stream().anyMatch(owned -> owned.partition() == partition);
    }

    private Map<TopicPartition, OffsetAndMetadata> acknowledged(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> acknowledged = new HashMap<>();
        for (TopicPartition partition : partitions) {
            if (committed.containsKey(partition) && !catchingUpTo.containsKey(partition)) {
                long offset = receivers.lowestPendingOffset(partition.partition()).orElse(consumer.position(partition));
                if (offset > committed.get(partition)) {
                    acknowledged.put(partition, new OffsetAndMetadata(offset));
                }
            }
        }
        return acknowledged;
    }

    private void give(Collection<TopicPartition> partitions, Duration patience) {
        Set<TopicPartition> gone = new HashSet<>(partitions);
        committed.keySet().removeAll(gone);
        catchingUpTo.keySet().removeAll(gone);
        meters.partitions(committed.size());
        Set<Integer> numbers = gone.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        numbers.forEach(meters::gone);
        try {
            receivers.drop(numbers, patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        numbers.forEach(memory::forget);
        if (catchingUpTo.isEmpty()) {
            receivers.hold(false);
        }
    }

    private void notCommitted(Exception failure) {
        meters.notKept("offset");
        if (!failure.getClass().equals(lastFailure)) {
            LOG.warn("offsets could not be committed, trying again each second: {}", failure.toString());
        }
        lastFailure = failure.getClass();
    }

    private void committedAgain() {
        if (lastFailure != null) {
            LOG.info("offsets are committed again");
        }
        lastFailure = null;
    }
}
