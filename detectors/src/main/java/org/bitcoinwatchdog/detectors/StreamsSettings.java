package org.bitcoinwatchdog.detectors;

import java.time.Duration;

/**
 * How the detectors run on Kafka Streams.
 *
 * @param applicationId   consumer group, and prefix of the internal topics and of the transactions
 * @param commitInterval  time between commits of digests and states; an alert is committed at once
 * @param standbyReplicas warm copies of each state on other instances; use 1 if several instances run
 * @param threads         threads of this instance; more threads than partitions have no work
 */
public record StreamsSettings(String applicationId, Duration commitInterval, int standbyReplicas, int threads) {
    public StreamsSettings {
        if (applicationId.isBlank()) {
            throw new IllegalArgumentException("application-id must not be empty");
        }
        if (commitInterval.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("commit-interval must be at least 1ms");
        }
        if (standbyReplicas < 0) {
            throw new IllegalArgumentException("standby-replicas must not be negative");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1");
        }
    }

    public static StreamsSettings defaults() {
        return new StreamsSettings("watchdog-detectors", Duration.ofSeconds(1), 0, 1);
    }
}
