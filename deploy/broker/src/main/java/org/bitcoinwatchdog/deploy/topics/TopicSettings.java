package org.bitcoinwatchdog.deploy.topics;

import java.time.Duration;
import java.util.Optional;

/**
 * How large the topics are, and how well they are kept. {@code watchdog topics create} makes topics of this form. Existing topics may have
 * more of each.
 *
 * @param partitions         of the topics by node: as many detectors or alert workers can share the work. Kafka can add partitions, but then
 *                           a node's events move to another partition, so choose enough at the start
 * @param replicationFactor  copies of each record; by default 3, or one for each broker if there are fewer
 * @param minInsyncReplicas  copies that must exist before a record counts as written; by default one fewer than {@code replication-factor},
 *                           and at least 1
 * @param eventsRetention    how long events are kept: to look back, and to catch up after the detectors were away
 * @param eventsRetentionBytes most bytes of events in a partition, -1 for no limit. A busy node writes one to two gigabytes a day
 * @param digestsRetention   how long digests of nodes are kept
 */
public record TopicSettings(int partitions, Optional<Integer> replicationFactor, Optional<Integer> minInsyncReplicas,
        Duration eventsRetention, long eventsRetentionBytes, Duration digestsRetention) {
    private static final int MOST_PARTITIONS = 10_000;

    public TopicSettings {
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException("partitions must be from 1 to " + MOST_PARTITIONS);
        }
        if (replicationFactor.orElse(1) < 1 || replicationFactor.orElse(1) > Short.MAX_VALUE) {
            throw new IllegalArgumentException("replication-factor must be at least 1");
        }
        if (minInsyncReplicas.orElse(1) < 1) {
            throw new IllegalArgumentException("min-insync-replicas must be at least 1");
        }
        if (replicationFactor.isPresent() && minInsyncReplicas.orElse(1) > replicationFactor.get()) {
            throw new IllegalArgumentException("min-insync-replicas must not exceed replication-factor, else nothing can be written");
        }
        if (eventsRetention.compareTo(Duration.ofMinutes(10)) < 0 || digestsRetention.compareTo(Duration.ofMinutes(10)) < 0) {
            throw new IllegalArgumentException("events-retention and digests-retention must be at least 10m");
        }
        if (eventsRetentionBytes != -1 && eventsRetentionBytes < 1 << 20) {
            throw new IllegalArgumentException("events-retention-bytes must be at least 1048576, or -1 for no limit");
        }
    }

    public static TopicSettings defaults() {
        return new TopicSettings(6, Optional.empty(), Optional.empty(), Duration.ofDays(1), 1L << 30, Duration.ofDays(1));
    }
}
