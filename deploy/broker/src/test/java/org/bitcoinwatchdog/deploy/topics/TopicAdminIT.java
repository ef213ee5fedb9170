package org.bitcoinwatchdog.deploy.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.deploy.topics.TopicPlan.TopicSpec;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicAdminIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void createsWhatIsMissingOnceAndTellsWhatDiffers() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
                TopicAdmin topics = new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()));
                Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicPlan plan = topics.plan(TopicSettings.defaults());
            assertThat(topics.differences(plan)).hasSize(plan.topics().size()).allMatch(sentence -> sentence.endsWith("does not exist"));

            assertThat(topics.createMissing(plan)).hasSize(plan.topics().size());
            assertThat(topics.differences(plan)).isEmpty();
            assertThat(topics.createMissing(plan)).isEmpty();

            set(admin, Topics.ALERTS, "cleanup.policy", "delete");
            await().atMost(WITHIN).untilAsserted(() -> assertThat(topics.differences(plan)).containsExactly(
                    Topics.ALERTS + " has cleanup.policy=delete, not compact"));
        }
    }

    @Test
    void takesTopicsThatHoldMoreThanPlannedAndTellsOfThoseThatHoldLess() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
                TopicAdmin topics = new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()));
                Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicSettings settings = new TopicSettings(12, Optional.empty(), Optional.empty(), Duration.ofDays(3), -1, Duration.ofHours(1));
            topics.createMissing(topics.plan(settings));
            assertThat(topics.differences(topics.plan(settings))).isEmpty();
            TopicSettings less = new TopicSettings(4, Optional.empty(), Optional.empty(), Duration.ofDays(1), 1L << 30, Duration.ofHours(1));
            assertThat(topics.differences(topics.plan(less))).isEmpty();

            admin.createTopics(List.of(new NewTopic("app-store-changelog", 2, (short) 1))).all().get();
            assertThat(topics.fewerCopies(topics.plan(less), "app")).isEmpty();
            set(admin, Topics.NODE_EVENTS, "retention.ms", "3600000");
            TopicSettings more = new TopicSettings(24, Optional.of(3), Optional.empty(), Duration.ofDays(1), 1L << 30, Duration.ofHours(1));
            await().atMost(WITHIN).untilAsserted(() -> assertThat(topics.differences(topics.plan(more))).contains(
                    Topics.NODE_EVENTS + " has 12 partitions, not 24",
                    Topics.NODE_EVENTS + " has 1 replicas, not 3",
                    Topics.NODE_EVENTS + " has retention.ms=3600000, not 86400000",
                    Topics.ALERTS + " has min.insync.replicas=1, not 2"));
            assertThat(topics.fewerCopies(topics.plan(more), "app")).containsExactly(
                    "app-store-changelog has 1 replicas, not 3, and stops with one broker");
        }
    }

    private static void set(Admin admin, String topic, String key, String value) throws Exception {
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)))).all().get();
    }

    @Test
    void setsOnTopicsOfAnEarlierVersionWhatHostsWithWrongClocksNeed() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
                TopicAdmin topics = new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()));
                Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(Topics.NODE_EVENTS, 6, (short) 1))).all().get();
            TopicPlan plan = topics.plan(TopicSettings.defaults());
            topics.createMissing(plan);
            assertThat(topics.mend(plan)).containsExactlyInAnyOrder(
                    Topics.NODE_EVENTS + " has message.timestamp.type=LogAppendTime now, not CreateTime",
                    Topics.NODE_EVENTS + " has message.timestamp.after.max.ms=9223372036854775807 now, not 3600000");
            await().atMost(WITHIN).untilAsserted(() -> assertThat(topics.mend(plan)).isEmpty());
        }
    }

    @Test
    void recordsOfEveryTimeReachEveryTopic() throws Exception {
        Instant now = Instant.now();
        List<Instant> times = List.of(now.minus(3650, ChronoUnit.DAYS), now.minus(2, ChronoUnit.HOURS), now,
                now.plus(2, ChronoUnit.HOURS), now.plus(3650, ChronoUnit.DAYS), Instant.EPOCH);
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
                TopicAdmin topics = new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()));
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()), new ByteArraySerializer(), new ByteArraySerializer())) {
            topics.createMissing(topics.plan(TopicSettings.defaults()));
            for (TopicSpec topic : topics.plan(TopicSettings.defaults()).topics()) {
                for (Instant time : times) {
                    RecordMetadata written = producer.send(new ProducerRecord<>(
                            topic.name(), 0, time.toEpochMilli(), new byte[] {1}, new byte[] {2})).get();
                    boolean brokersTime = topic.name().equals(Topics.NODE_EVENTS);
                    assertThat(Instant.ofEpochMilli(written.timestamp())).isCloseTo(brokersTime ? now : time,
                            within(brokersTime ? 60 : 1, ChronoUnit.SECONDS));
                }
            }
        }
    }
}
