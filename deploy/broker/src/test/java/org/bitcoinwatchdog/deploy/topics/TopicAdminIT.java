package org.bitcoinwatchdog.deploy.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicAdminIT {
    @TempDir
    Path directory;

    @Test
    void createsWhatIsMissingOnceAndTellsWhatDiffers() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory);
                TopicAdmin topics = new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()));
                Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            TopicPlan plan = topics.plan();
            assertThat(topics.differences(plan)).hasSize(6).allMatch(sentence -> sentence.endsWith("does not exist"));

            assertThat(topics.createMissing(plan)).hasSize(6);
            assertThat(topics.differences(plan)).isEmpty();
            assertThat(topics.createMissing(plan)).isEmpty();

            admin.createPartitions(Map.of(Topics.SILENCES, NewPartitions.increaseTo(2))).all().get();
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, Topics.ALERTS),
                    List.of(new AlterConfigOp(new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET))))
                    .all().get();
            await().untilAsserted(() -> assertThat(topics.differences(plan)).containsExactlyInAnyOrder(
                    Topics.SILENCES + " has 2 partitions, not 1",
                    Topics.ALERTS + " has cleanup.policy=delete, not compact"));
        }
    }
}
