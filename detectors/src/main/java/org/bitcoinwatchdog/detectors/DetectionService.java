package org.bitcoinwatchdog.detectors;

import static org.apache.kafka.streams.CloseOptions.GroupMembershipOperation.LEAVE_GROUP;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.bitcoinwatchdog.detectors.topology.Counts;
import org.bitcoinwatchdog.detectors.topology.DeadLetters;
import org.bitcoinwatchdog.detectors.topology.EndOffsets;
import org.bitcoinwatchdog.detectors.topology.ProcessingFaults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The detectors on Kafka Streams. */
public final class DetectionService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DetectionService.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);
    /** How long a killed detector's nodes stay unwatched; Kafka's default is 45 s. */
    private static final int SESSION_TIMEOUT_MS = 10_000;
    /** How often Kafka's heartbeat thread looks whether a heartbeat is due: it uses the back-off of retries. */
    private static final int HEARTBEAT_LOOK_MS = 500;
    /** How long the detectors wait for records. Kafka's defaults wake them ten times a second without work. */
    private static final int WAIT_MS = 1_000;
    /** How long {@link #health} reports a fault after which the detectors go on. */
    private static final Duration TOLD_FOR = Duration.ofMinutes(10);

    private final KafkaStreams streams;
    private final EndOffsets ends;
    private final Counts counts;

    /**
     * @param streamsProperties {@code bootstrap.servers}, security, {@code state.dir}, and whatever else the user sets;
     *                          they win over what is set here
     * @throws IllegalArgumentException if a file named in the settings can't be used
     */
    public DetectionService(DetectorSettings settings, Map<String, Object> streamsProperties, MeterRegistry meters) {
        counts = new Counts(meters);
        Properties properties = new Properties();
        properties.putAll(properties(settings.streams()));
        properties.putAll(streamsProperties);
        properties.put(DeadLetters.COUNTS, counts);
        ends = new EndOffsets(settings.streams().applicationId(), adminProperties(properties));
        streams = new KafkaStreams(DetectionTopology.build(settings, counts, ends), properties);
        streams.setUncaughtExceptionHandler(cause -> {
            // The transaction is aborted. Another thread resumes at the last commit.
            LOG.error("A thread of the detectors ended and is replaced", cause);
            counts.threadReplaced();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }

    /** What {@link DetectionTopology} needs to run exactly once. */
    static Map<String, Object> properties(StreamsSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
        properties.put(StreamsConfig.POLL_MS_CONFIG, WAIT_MS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), WAIT_MS);
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG), HEARTBEAT_LOOK_MS);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // The topic may keep the hosts' own times. The wrong clock of one host must not stop a task.
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG), Long.toString(Long.MAX_VALUE));
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFaults.class);
        return properties;
    }

    /** The properties of Kafka Streams that an admin client knows: addresses of Kafka, and credentials. */
    private static Map<String, Object> adminProperties(Properties all) {
        Map<String, Object> properties = new HashMap<>();
        AdminClientConfig.configNames().stream().filter(all::containsKey).forEach(name -> properties.put(name, all.get(name)));
        return properties;
    }

    public void start() {
        streams.start();
        ends.start();
    }

    /** Whether events are being read, or will be as soon as partitions are assigned. */
    public boolean running() {
        return streams.state().isRunningOrRebalancing();
    }

    /** Why the detectors ended although nobody closed them. The caller starts them again. */
    public Optional<String> fault() {
        KafkaStreams.State state = streams.state();
        return state.hasCompletedShutdown() || state == KafkaStreams.State.PENDING_ERROR
                ? Optional.of("ended: " + state.name().toLowerCase(Locale.ROOT).replace('_', ' ')) : ends.fault();
    }

    /**
     * A fault of the detectors themselves: they ended, failed to process a record recently, or their threads keep
     * failing.
     */
    public Optional<String> health() {
        return fault().or(() -> counts.faultWithin(TOLD_FOR));
    }

    /** Why no events are being read now; empty if they are being read. */
    public Optional<String> obstacle() {
        return switch (streams.state()) {
            case RUNNING -> Optional.empty();
            case CREATED -> Optional.of("not started yet");
            case REBALANCING -> Optional.of("waiting for partitions, or reading stored states");
            default -> fault().or(() -> Optional.of("closing"));
        };
    }

    /** Leaves the group. Otherwise its partitions would wait for this member until the session timeout. */
    @Override
    public void close() {
        ends.close();
        if (!streams.close(CloseOptions.timeout(CLOSE_WITHIN).withGroupMembershipOperation(LEAVE_GROUP))) {
            LOG.warn("The detectors did not stop within {}; uncommitted work is repeated at the next start", CLOSE_WITHIN);
        }
    }
}
