package org.bitcoinwatchdog.detectors.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.Test;

class NodeRestartsTest {
    private final AlertLog log = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), log);
    private final TestNode node = new TestNode("alice", detection::on).started();

    @Test
    void aCrashLoopWarnsAtTheThirdStartAndPagesAtTheFifth() {
        node.waits(Duration.ofMinutes(10));
        for (int crash = 1; crash <= 5; crash++) {
            crashesAfter(Duration.ofSeconds(20));
            assertThat(log.changesOf("NodeRestarts")).hasSize(crash < 3 ? 0 : crash < 5 ? 1 : 2);
        }

        assertThat(log.changesOf("NodeRestarts")).containsExactly("NodeRestarts alice warn", "NodeRestarts alice page");
        assertThat(log.last().evidence().subjects().get("runs")).hasSize(5).last().asString()
                .contains("followed for 20 s, received inv from 44.0.0.1:8333 (peer 1) 0 s before it ended");
        assertThat(log.measured("starts")).isEqualTo(5);
    }

    @Test
    void endsWhenTheNodeRunsForHalfAnHour() {
        for (int crash = 0; crash < 5; crash++) {
            crashesAfter(Duration.ofSeconds(20));
        }
        node.waits(Duration.ofMinutes(31));

        assertThat(log.changesOf("NodeRestarts")).endsWith("NodeRestarts alice resolved");
    }

    @Test
    void isQuietAboutAnUpgradeAndAboutTheAgentsOwnRestarts() {
        node.waits(Duration.ofMinutes(10));
        crashesAfter(Duration.ofMinutes(1)); // the upgrade
        crashesAfter(Duration.ofMinutes(5)); // and its configuration, corrected
        for (int restart = 0; restart < 10; restart++) {
            node.waits(Duration.ofSeconds(30)).agentStopped().agentRestartedAfter(Duration.ofSeconds(2));
        }

        assertThat(log.changesOf("NodeRestarts")).isEmpty();
    }

    @Test
    void aSlowLoopWarnsAtTheSixthStartInADayAndPagesAtTheEighteenth() {
        for (int crash = 1; crash <= 18; crash++) {
            crashesAfter(Duration.ofHours(1));
            assertThat(log.changesOf("NodeRestarts")).hasSize(crash < 6 ? 0 : crash < 18 ? 1 : 2);
        }

        assertThat(log.changesOf("NodeRestarts")).containsExactly("NodeRestarts alice warn", "NodeRestarts alice page");
        assertThat(log.last().annotations().get("description")).contains("18 times in 24 h (warns from 6, pages from 18)");
    }

    @Test
    void aSlowLoopEndsWhenTheNodeRunsForLongerThanItAllows() {
        for (int crash = 0; crash < 6; crash++) {
            crashesAfter(Duration.ofHours(3));
        }
        node.waits(Duration.ofHours(4));
        assertThat(log.changesOf("NodeRestarts")).containsExactly("NodeRestarts alice warn");
        node.waits(Duration.ofHours(1));
        assertThat(log.changesOf("NodeRestarts")).endsWith("NodeRestarts alice resolved");
    }

    @Test
    void isQuietAboutARestartEachSixHours() {
        for (int restart = 0; restart < 10; restart++) {
            crashesAfter(Duration.ofHours(6));
        }

        assertThat(log.changesOf("NodeRestarts")).isEmpty();
    }

    @Test
    void saysWhereTheEndOfARunWasNotSeen() {
        for (int start = 0; start < 3; start++) {
            node.waits(Duration.ofSeconds(30)).bitcoindRestarted(); // the agent was away as well
        }

        assertThat(log.changesOf("NodeRestarts")).containsExactly("NodeRestarts alice warn");
        assertThat(log.last().evidence().complete()).isFalse();
    }

    private void crashesAfter(Duration run) {
        node.opens(1, "44.0.0.1:8333", TestNode.INBOUND).waits(run).receives(1, "inv").stopped().bitcoindRestarted();
    }
}
