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
    private static final int DEFAULT_REPLICAS = 3;
    /** An addr message of 1,000 entries is under 100 KiB as an event; a batch may hold ten of them. */
    private static final int LARGEST_BATCH_BYTES = 1 << 20;
    private static final long DIGEST_BYTES = 256L << 20;
    private static final long SEGMENT_BYTES = 64 << 20;
    private static final String CREATE_TIME = "CreateTime";
    private static final String LOG_APPEND_TIME = "LogAppendTime";
    private static final String UNLIMITED = Long.toString(Long.MAX_VALUE);
    /** With other values, a broker refuses or soon deletes the records of a host with a wrong clock. */
    static final Set<String> NEEDED = Set.of(MESSAGE_TIMESTAMP_TYPE_CONFIG, MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
            MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG);

    private static final Set<String> AT_LEAST = Set.of(RETENTION_MS_CONFIG, RETENTION_BYTES_CONFIG, MAX_MESSAGE_BYTES_CONFIG,
            MIN_IN_SYNC_REPLICAS_CONFIG);
    private static final long UNLIMITED_RETENTION = -1;

    private final int brokers;
    private final TopicSettings settings;

    /** @param brokers how many there are. They limit the default number of replicas */
    public TopicPlan(int brokers, TopicSettings settings) {
        this.brokers = brokers;
        this.settings = settings;
    }

    public short replicas() {
        return settings.replicationFactor().orElse(Math.min(DEFAULT_REPLICAS, brokers)).shortValue();
    }

    public int minInsyncReplicas() {
        return settings.minInsyncReplicas().orElse(Math.max(1, replicas() - 1));
    }

    public List<TopicSpec> topics() {
        int partitions = settings.partitions();
        return List.of(
                new TopicSpec(Topics.NODE_EVENTS, partitions, ofHosts(kept(settings.eventsRetention(), settings.eventsRetentionBytes()))),
                new TopicSpec(Topics.NODE_DIGESTS, partitions, kept(settings.digestsRetention(), DIGEST_BYTES)),
                new TopicSpec(Topics.ALERTS, partitions, compacted()),
                new TopicSpec(Topics.CHAIN_STATUS, 1, compacted()),
                new TopicSpec(Topics.SILENCES, 1, compacted()),
                new TopicSpec(Topics.DELIVERIES, partitions, compacted()),
                new TopicSpec(Topics.DEAD_LETTERS, 1, kept(Duration.ofDays(30), 256L << 20)));
    }

    private Map<String, String> kept(Duration retention, long bytes) {
        Map<String, String> values = common();
        values.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE);
        values.put(RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        values.put(RETENTION_BYTES_CONFIG, Long.toString(bytes));
        return values;
    }

    /**
     * The record's time is the broker's, because a host's clock may be years off: by such times a broker would keep records
     * for ever, or delete them within minutes. An event has its own time in it.
     */
    private static Map<String, String> ofHosts(Map<String, String> values) {
        values.put(MESSAGE_TIMESTAMP_TYPE_CONFIG, LOG_APPEND_TIME);
        return values;
    }

    private Map<String, String> compacted() {
        Map<String, String> values = common();
        values.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT);
        values.put(MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");
        return values;
    }

    private Map<String, String> common() {
        Map<String, String> values = new HashMap<>();
        values.put(MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(minInsyncReplicas()));
        values.put(COMPRESSION_TYPE_CONFIG, "producer"); // as the parts compress, never done again in the broker
        values.put(MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_BATCH_BYTES));
        values.put(MESSAGE_TIMESTAMP_TYPE_CONFIG, CREATE_TIME);
        values.put(MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, UNLIMITED);
        values.put(MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, UNLIMITED);
        values.put(SEGMENT_BYTES_CONFIG, Long.toString(SEGMENT_BYTES));
        values.put(SEGMENT_MS_CONFIG, Long.toString(Duration.ofHours(6).toMillis()));
        return values;
    }

    /** Whether an existing topic's setting is as planned, or more where more does no harm. */
    static boolean isEnough(String key, String planned, String actual) {
        if (!AT_LEAST.contains(key)) {
            return planned.equals(actual);
        }
        long value = Long.parseLong(actual);
        return value == UNLIMITED_RETENTION || (Long.parseLong(planned) != UNLIMITED_RETENTION && value >= Long.parseLong(planned));
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
