package org.bitcoinwatchdog.deploy.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.bitcoinwatchdog.deploy.topics.TopicPlan.TopicSpec;

/** Creates the topics of a {@link TopicPlan} and lists how existing topics differ from it. */
public final class TopicAdmin implements AutoCloseable {
    private static final long LIMIT_SECONDS = 30;

    private final Admin admin;

    /** @param clientProperties at least {@code bootstrap.servers} */
    public TopicAdmin(Map<String, Object> clientProperties) {
        this.admin = Admin.create(clientProperties);
    }

    /** The plan for this cluster. */
    public TopicPlan plan(TopicSettings settings) {
        return new TopicPlan(await(admin.describeCluster().nodes()).size(), settings);
    }

    /** @return the names of the topics that did not exist before */
    public List<String> createMissing(TopicPlan plan) {
        return createMissing(plan, plan.topics().stream().map(TopicSpec::name).collect(Collectors.toSet()));
    }

    /**
     * Creates some topics of the plan.
     *
     * @return the names of those that did not exist before
     * @throws KafkaUnavailable if Kafka does not answer, or refuses to create one
     */
    public List<String> createMissing(TopicPlan plan, Set<String> names) {
        Set<String> existing = await(admin.listTopics().names());
        List<NewTopic> missing = plan.topics().stream()
                .filter(topic -> names.contains(topic.name()) && !existing.contains(topic.name()))
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), plan.replicas()).configs(topic.settings()))
                .toList();
        List<String> created = new ArrayList<>();
        admin.createTopics(missing).values().forEach((name, result) -> {
            if (createdNow(result)) {
                created.add(name);
            }
        });
        if (!created.isEmpty()) {
            awaitUsable(created);
        }
        return created;
    }

    /**
     * Sets what {@link TopicPlan#NEEDED} names on topics that exist, such as those of an earlier version.
     *
     * @return one sentence for each change
     * @throws KafkaUnavailable if Kafka does not answer, or refuses the change
     */
    public List<String> mend(TopicPlan plan) {
        Map<ConfigResource, Config> actual = settings(plan);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        List<String> changed = new ArrayList<>();
        for (TopicSpec topic : plan.topics()) {
            Config config = actual.get(resource(topic.name()));
            for (String key : TopicPlan.NEEDED) {
                String planned = topic.settings().get(key);
                if (config != null && !planned.equals(config.get(key).value())) {
                    changes.computeIfAbsent(resource(topic.name()), absent -> new ArrayList<>())
                            .add(new AlterConfigOp(new ConfigEntry(key, planned), AlterConfigOp.OpType.SET));
                    changed.add(topic.name() + " has " + key + "=" + planned + " now, not " + config.get(key).value());
                }
            }
        }
        if (!changes.isEmpty()) {
            await(admin.incrementalAlterConfigs(changes).all());
        }
        return changed;
    }

    /** Of those topics that exist. */
    private Map<ConfigResource, Config> settings(TopicPlan plan) {
        Set<String> existing = await(admin.listTopics().names());
        return await(admin.describeConfigs(plan.topics().stream().map(TopicSpec::name).filter(existing::contains)
                .map(TopicAdmin::resource).collect(Collectors.toSet())).all());
    }

    /**
     * The controller creates a topic, the brokers know of it a moment later, and write to it another moment later. In
     * between Kafka Streams fails, and an idempotent producer that is quick meets a worse fate: its first batch is
     * refused, its second accepted, and the first is then out of order for good. An answer to what offsets there are
     * comes from the leader itself.
     */
    private void awaitUsable(List<String> names) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        try {
            while (!await(admin.listTopics().names()).containsAll(names)) {
                if (System.nanoTime() > deadline) {
                    throw new KafkaUnavailable("Kafka created topics that its brokers do not show", null);
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailable("interrupted while waiting for Kafka", e);
        }
        Map<TopicPartition, OffsetSpec> partitions = await(admin.describeTopics(names).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        await(admin.listOffsets(partitions).all());
    }

    /**
     * More partitions, replicas or retention than planned are no difference.
     *
     * @return one sentence for each difference; empty if everything is at least as planned
     */
    public List<String> differences(TopicPlan plan) {
        Set<String> existing = await(admin.listTopics().names());
        Collection<String> present =
                plan.topics().stream().map(TopicSpec::name).filter(existing::contains).toList();
        Map<String, TopicDescription> descriptions = await(admin.describeTopics(present).allTopicNames());
        Map<ConfigResource, Config> settings = settings(plan);
        List<String> differences = new ArrayList<>();
        for (TopicSpec topic : plan.topics()) {
            if (!present.contains(topic.name())) {
                differences.add(topic.name() + " does not exist");
                continue;
            }
            TopicDescription description = descriptions.get(topic.name());
            int partitions = description.partitions().size();
            if (partitions < topic.partitions()) {
                differences.add(topic.name() + " has " + partitions + " partitions, not " + topic.partitions());
            }
            int replicas = replicas(description);
            if (replicas < plan.replicas()) {
                differences.add(topic.name() + " has " + replicas + " replicas, not " + plan.replicas());
            }
            Config actual = settings.get(resource(topic.name()));
            topic.settings().forEach((key, expected) -> {
                String value = actual.get(key).value();
                if (!TopicPlan.isEnough(key, expected, value)) {
                    differences.add(topic.name() + " has " + key + "=" + value + ", not " + expected);
                }
            });
        }
        return differences;
    }

    /**
     * The detectors' own topics, which Kafka Streams creates, with fewer copies than planned: the loss of one broker stops the detectors.
     *
     * @param prefix of these topics: {@code detectors.streams.application-id}
     * @return one sentence for each such topic
     */
    public List<String> fewerCopies(TopicPlan plan, String prefix) {
        Set<String> own = await(admin.listTopics().names()).stream().filter(name -> name.startsWith(prefix + "-")).collect(Collectors.toSet());
        List<String> differences = new ArrayList<>();
        await(admin.describeTopics(own).allTopicNames()).forEach((name, description) -> {
            int replicas = replicas(description);
            if (replicas < plan.replicas()) {
                differences.add(name + " has " + replicas + " replicas, not " + plan.replicas() + ", and stops with one broker");
            }
        });
        return differences.stream().sorted().toList();
    }

    private static int replicas(TopicDescription description) {
        return description.partitions().stream().mapToInt(partition -> partition.replicas().size()).min().orElse(0);
    }

    @Override
    public void close() {
        admin.close();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static boolean createdNow(KafkaFuture<Void> result) {
        try {
            await(result);
            return true;
        } catch (KafkaUnavailable e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false; // another process was quicker
            }
            throw e;
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new KafkaUnavailable("Kafka refused: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaUnavailable("Kafka did not answer within " + LIMIT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaUnavailable("interrupted while waiting for Kafka", e);
        }
    }

    /** Kafka did not answer, or refused. */
    public static final class KafkaUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KafkaUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
