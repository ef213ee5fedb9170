package org.bitcoinwatchdog.deploy.topics;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.COMPRESSION_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bitcoinwatchdog.events.Topics;

/** The topics between the parts, with every setting that matters said, so that no broker's defaults decide. */
public final class TopicPlan {
    /** As many detectors or alert workers can share the work. Can't be changed later without moving keys. */
    private static final int PARTITIONS = 6;
    private static final int MOST_REPLICAS = 3;
    /** An addr message of 1,000 entries is under 100 KiB as an event; a batch may hold ten of them. */
    private static final int LARGEST_BATCH_BYTES = 1 << 20;
    private static final long SEGMENT_BYTES = 64 << 20;
    private static final String CREATE_TIME = "CreateTime";
    private static final String LOG_APPEND_TIME = "LogAppendTime";
    private static final String UNLIMITED = Long.toString(Long.MAX_VALUE);
    /** With other values, a broker refuses or soon deletes the records of a host with a wrong clock. */
    static final Set<String> NEEDED = Set.of(MESSAGE_TIMESTAMP_TYPE_CONFIG, MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
            MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG);

    private final int brokers;

    /** @param brokers how many there are: replicas are three where there are three brokers or more */
    public TopicPlan(int brokers) {
        this.brokers = brokers;
    }

    public short replicas() {
        return (short) Math.min(MOST_REPLICAS, brokers);
    }

    public List<TopicSpec> topics() {
        return List.of(
                // A day to look back, and to catch up after the detectors were away; a gigabyte for each partition,
                // since one node writes one to two gigabytes a day before compression.
                new TopicSpec(Topics.NODE_EVENTS, PARTITIONS, ofHosts(kept(Duration.ofDays(1), 1L << 30))),
                new TopicSpec(Topics.NODE_DIGESTS, PARTITIONS, kept(Duration.ofDays(1), 256L << 20)),
                new TopicSpec(Topics.ALERTS, PARTITIONS, compacted()),
                new TopicSpec(Topics.CHAIN_STATUS, 1, compacted()),
                new TopicSpec(Topics.SILENCES, 1, compacted()),
                new TopicSpec(Topics.DELIVERIES, PARTITIONS, compacted()),
                new TopicSpec(Topics.DEAD_LETTERS, 1, kept(Duration.ofDays(30), 256L << 20)));
    }

    private Map<String, String> kept(Duration retention, long bytes) {
        Map<String, String> settings = common();
        settings.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE);
        settings.put(RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        settings.put(RETENTION_BYTES_CONFIG, Long.toString(bytes));
        return settings;
    }

    /**
     * The record's time is the broker's, because a host's clock may be years off: by such times a broker would keep records
     * for ever, or delete them within minutes. An event has its own time in it.
     */
    private static Map<String, String> ofHosts(Map<String, String> settings) {
        settings.put(MESSAGE_TIMESTAMP_TYPE_CONFIG, LOG_APPEND_TIME);
        return settings;
    }

    private Map<String, String> compacted() {
        Map<String, String> settings = common();
        settings.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT);
        settings.put(MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");
        return settings;
    }

    private Map<String, String> common() {
        Map<String, String> settings = new HashMap<>();
        settings.put(MIN_IN_SYNC_REPLICAS_CONFIG, replicas() > 2 ? "2" : "1");
        settings.put(COMPRESSION_TYPE_CONFIG, "producer"); // as the parts compress, never done again in the broker
        settings.put(MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_BATCH_BYTES));
        settings.put(MESSAGE_TIMESTAMP_TYPE_CONFIG, CREATE_TIME);
        settings.put(MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, UNLIMITED);
        settings.put(MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, UNLIMITED);
        settings.put(SEGMENT_BYTES_CONFIG, Long.toString(SEGMENT_BYTES));
        settings.put(SEGMENT_MS_CONFIG, Long.toString(Duration.ofHours(6).toMillis()));
        return settings;
    }

    /**
     * A topic as it should be.
     *
     * @param settings the topic's own settings, under Kafka's names
     */
    public record TopicSpec(String name, int partitions, Map<String, String> settings) {
        public TopicSpec {
            settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
        }
    }
}
