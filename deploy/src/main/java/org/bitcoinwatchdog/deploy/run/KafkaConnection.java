package org.bitcoinwatchdog.deploy.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.run.Parts.PartFailure;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin.KafkaUnavailable;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicPlan;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;
import org.bitcoinwatchdog.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Kafka that the parts talk to: the configured one, or the embedded broker of this machine. */
public final class KafkaConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaConnection.class);
    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    private static final String BROKER = "broker";
    private static final Set<String> DETECTORS = Set.of(Topics.NODE_EVENTS, Topics.NODE_DIGESTS, Topics.ALERTS, Topics.CHAIN_STATUS,
            Topics.DEAD_LETTERS);

    private final Map<String, Object> clientProperties;
    private final Optional<EmbeddedBroker> broker;

    private KafkaConnection(Map<String, String> configured, String bootstrapServers, Optional<EmbeddedBroker> broker) {
        this.clientProperties = new HashMap<>(configured);
        this.clientProperties.put(BOOTSTRAP_SERVERS, bootstrapServers);
        this.broker = broker;
    }

    /** Connects to the configured Kafka, or starts the embedded broker. */
    public static KafkaConnection orEmbedded(WatchdogConfiguration configuration) {
        return configured(configuration).orElseGet(() -> embedded(configuration));
    }

    /** Connects to the configured Kafka, or to the embedded broker that {@code watchdog up} runs on this machine. */
    public static Optional<KafkaConnection> running(WatchdogConfiguration configuration) {
        return running(configuration, stateDirs(configuration));
    }

    /** The state directories in which {@link #running} looks for a broker. */
    public static List<Path> stateDirs(WatchdogConfiguration configuration) {
        boolean isDefault = configuration.stateDir().equals(WatchdogConfiguration.defaults().stateDir());
        return Stream.of(configuration.stateDir(), WatchdogConfiguration.SYSTEM_STATE_DIR)
                .limit(isDefault ? 2 : 1).distinct().toList();
    }

    /** @param stateDirs the first with a running broker is used, so an ordinary user finds the broker of root */
    static Optional<KafkaConnection> running(WatchdogConfiguration configuration, List<Path> stateDirs) {
        return configured(configuration).or(() -> stateDirs.stream().flatMap(dir -> runningIn(dir).stream()).findFirst()
                .map(servers -> new KafkaConnection(configuration.kafka(), servers, Optional.empty())));
    }

    private static Optional<String> runningIn(Path stateDir) {
        try {
            return EmbeddedBroker.runningIn(stateDir.resolve(BROKER));
        } catch (IOException e) {
            throw new UncheckedIOException(stateDir + " can't be read", e);
        }
    }

    private static Optional<KafkaConnection> configured(WatchdogConfiguration configuration) {
        return configuration.bootstrapServers()
                .map(servers -> new KafkaConnection(configuration.kafka(), servers, Optional.empty()));
    }

    private static KafkaConnection embedded(WatchdogConfiguration configuration) {
        EmbeddedBroker broker = EmbeddedBroker.start(brokerDirectory(configuration));
        LOG.info("embedded broker at {}, data in {}", broker.bootstrapServers(), brokerDirectory(configuration));
        return new KafkaConnection(configuration.kafka(), broker.bootstrapServers(), Optional.of(broker));
    }

    private static Path brokerDirectory(WatchdogConfiguration configuration) {
        return configuration.stateDir().resolve(BROKER);
    }

    /** {@code bootstrap.servers} and what else the user configured. */
    public Map<String, Object> clientProperties() {
        return Map.copyOf(clientProperties);
    }

    public String bootstrapServers() {
        return (String) clientProperties.get(BOOTSTRAP_SERVERS);
    }

    /** Creates the topics that do not exist yet and warns where one is not as it should be. */
    public void prepareTopics(TopicSettings settings) {
        try (TopicAdmin topics = new TopicAdmin(clientProperties)) {
            TopicPlan plan = topics.plan(settings);
            List<String> created = topics.createMissing(plan);
            if (!created.isEmpty()) {
                LOG.info("created {}", String.join(", ", created));
            }
            mend(topics, plan);
            topics.differences(plan).forEach(difference -> LOG.warn("topic {}", difference));
        }
    }

    /**
     * Creates what the detectors write to and does not exist, such as the topic of a newer version: they would wait for it, and detect
     * nothing.
     *
     * @return settings with which Kafka Streams creates the detectors' own topics. It would take the broker's defaults, often one copy: the
     *         loss of one broker would stop the detectors. Empty if Kafka does not answer now
     * @throws PartFailure if a topic does not exist and may not be created
     */
    public Map<String, Object> prepareDetectors(TopicSettings settings) {
        try (TopicAdmin topics = new TopicAdmin(clientProperties)) {
            TopicPlan plan;
            try {
                plan = topics.plan(settings);
            } catch (KafkaUnavailable e) {
                LOG.warn("topics that the detectors create now would have the broker's default number of copies: {}", e.getMessage());
                return Map.of();
            }
            topics.createMissing(plan, DETECTORS).forEach(created -> LOG.info("created {}", created));
            return Map.of(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) plan.replicas(),
                    StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG), Integer.toString(plan.minInsyncReplicas()));
        } catch (KafkaUnavailable e) {
            throw new PartFailure("a topic of the detectors is missing: " + e.getMessage()
                    + ". An administrator creates it: watchdog topics create", e);
        }
    }

    private static void mend(TopicAdmin topics, TopicPlan plan) {
        try {
            topics.mend(plan).forEach(change -> LOG.info("changed a topic: {}", change));
        } catch (KafkaUnavailable e) {
            LOG.warn("topics can't be changed; an administrator can run watchdog topics create: {}", e.getMessage());
        }
    }

    /** Completes when the embedded broker has ended; never where Kafka is elsewhere. */
    public CompletableFuture<?> ended() {
        return broker.<CompletableFuture<?>>map(EmbeddedBroker::onExit).orElseGet(CompletableFuture::new);
    }

    @Override
    public void close() {
        broker.ifPresent(EmbeddedBroker::close);
    }
}
