package org.bitcoinwatchdog.deploy.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.topics.TopicPlan.TopicSpec;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    @Test
    void survivesTheLossOfABrokerWhereThereAreThree() {
        assertThat(new TopicPlan(1, TopicSettings.defaults()).replicas()).isEqualTo((short) 1);
        assertThat(new TopicPlan(5, TopicSettings.defaults()).replicas()).isEqualTo((short) 3);
        assertThat(new TopicPlan(1, TopicSettings.defaults()).topics()).allMatch(topic -> topic.settings().get("min.insync.replicas").equals("1"));
        assertThat(new TopicPlan(5, TopicSettings.defaults()).topics()).allMatch(topic -> topic.settings().get("min.insync.replicas").equals("2"));
    }

    @Test
    void compactsWhatIsAStateAndLetsTheRestExpire() {
        List<String> compacted = new TopicPlan(1, TopicSettings.defaults()).topics().stream()
                .filter(topic -> topic.settings().get("cleanup.policy").equals("compact"))
                .map(TopicSpec::name)
                .toList();
        assertThat(compacted).containsExactly(Topics.ALERTS, Topics.CHAIN_STATUS, Topics.SILENCES, Topics.DELIVERIES);
    }

    @Test
    void refusesSettingsWithWhichNothingCouldBeWritten() {
        assertThatThrownBy(() -> new TopicSettings(6, Optional.of(2), Optional.of(3), Duration.ofDays(1), -1, Duration.ofDays(1)))
                .hasMessageContaining("min-insync-replicas must not exceed replication-factor");
        assertThatThrownBy(() -> new TopicSettings(0, Optional.empty(), Optional.empty(), Duration.ofDays(1), -1, Duration.ofDays(1)))
                .hasMessageContaining("partitions");
        assertThatThrownBy(() -> new TopicSettings(6, Optional.empty(), Optional.empty(), Duration.ofSeconds(1), -1, Duration.ofDays(1)))
                .hasMessageContaining("10m");
    }
}
