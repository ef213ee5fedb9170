package org.bitcoinwatchdog.deploy.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bitcoinwatchdog.deploy.topics.TopicPlan.TopicSpec;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.Test;

class TopicPlanTest {
    @Test
    void survivesTheLossOfABrokerWhereThereAreThree() {
        assertThat(new TopicPlan(1).replicas()).isEqualTo((short) 1);
        assertThat(new TopicPlan(5).replicas()).isEqualTo((short) 3);
        assertThat(new TopicPlan(1).topics()).allMatch(topic -> topic.settings().get("min.insync.replicas").equals("1"));
        assertThat(new TopicPlan(5).topics()).allMatch(topic -> topic.settings().get("min.insync.replicas").equals("2"));
    }

    @Test
    void compactsWhatIsAStateAndLetsTheRestExpire() {
        List<String> compacted = new TopicPlan(1).topics().stream()
                .filter(topic -> topic.settings().get("cleanup.policy").equals("compact"))
                .map(TopicSpec::name)
                .toList();
        assertThat(compacted).containsExactly(Topics.ALERTS, Topics.SILENCES, Topics.DELIVERIES);
    }
}
