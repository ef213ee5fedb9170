package org.bitcoinwatchdog.deploy.status;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * The processes that share a topic's partitions.
 *
 * @param members 0 if none runs
 * @param unread  records that were published and not yet read by a committed read
 */
public record WorkerGroup(int members, long unread) {
    private static final long LIMIT_S = 10;

    /** @throws KafkaException if Kafka does not answer */
    public static WorkerGroup read(Admin admin, String group, String topic) {
        try {
            ConsumerGroupDescription described = admin.describeConsumerGroups(java.util.List.of(group)).describedGroups().get(group)
                    .get(LIMIT_S, TimeUnit.SECONDS);
            return new WorkerGroup(described.members().size(), unread(admin, group, topic));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return new WorkerGroup(0, 0);
            }
            throw new KafkaException("Kafka refused to describe the group " + group + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka did not answer within " + LIMIT_S + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for Kafka", e);
        }
    }

    private static long unread(Admin admin, String group, String topic)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()
                .get(LIMIT_S, TimeUnit.SECONDS).entrySet().stream()
                .filter(entry -> entry.getValue() != null && entry.getKey().topic().equals(topic))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return admin.listOffsets(read.keySet().stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all().get(LIMIT_S, TimeUnit.SECONDS).entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue().offset() - read.get(end.getKey()).offset())).sum();
    }
}
