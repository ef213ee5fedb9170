package org.bitcoinwatchdog.detectors.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.NodeStarted;
import org.junit.jupiter.api.Test;

class NodeNameConflictTest {
    private final AlertLog log = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), log);

    /** An agent on a host of its own, whose clock differs from others'. */
    private final class Agent {
        private final long run;
        private final String host;
        private final int pid;
        private final TestNode node = new TestNode("raspberrypi", detection::on);

        private Agent(String host, long run, int pid, Duration clock) {
            this.host = host;
            this.run = run;
            this.pid = pid;
            node.leaps(clock).agentAttaches();
            node.does(event -> event.setNodeStarted(NodeStarted.newBuilder().setPid(pid).setHost(host).setAgentRun(run)
                    .setDataDirectory("/srv/" + host)));
        }

        private void beats() {
            node.leaps(Duration.ofSeconds(1)).beats(beat -> beat.setPid(pid).setHost(host).setAgentRun(run));
        }
    }

    @Test
    void pagesWithinSecondsAndNamesBothHosts() {
        Agent one = new Agent("pi-a", 11, 101, Duration.ZERO);
        Agent two = new Agent("pi-b", 22, 202, Duration.ofSeconds(3));
        for (int second = 0; second < 4; second++) {
            one.beats();
            two.beats();
        }

        assertThat(log.changesOf("NodeNameConflict")).containsExactly("NodeNameConflict raspberrypi page");
        assertThat(log.last().annotations().get("summary")).contains("pi-a (pid 101, data directory /srv/pi-a)")
                .contains("pi-b (pid 202, data directory /srv/pi-b)");
    }

    @Test
    void endsWhenOneOfThemIsSilentWhicheverItIs() {
        Agent one = new Agent("pi-a", 11, 101, Duration.ofMinutes(5));
        Agent two = new Agent("pi-b", 22, 202, Duration.ZERO);
        for (int second = 0; second < 10; second++) {
            one.beats();
            two.beats();
        }
        for (int second = 0; second < 120; second++) {
            one.beats(); // the run that was not judged
        }

        assertThat(log.changesOf("NodeNameConflict"))
                .containsExactly("NodeNameConflict raspberrypi page", "NodeNameConflict raspberrypi resolved");
    }

    @Test
    void isQuietAboutRestartsAndASpoolThatComesLate() {
        Agent one = new Agent("pi-a", 11, 101, Duration.ZERO);
        for (int second = 0; second < 10; second++) {
            one.beats();
        }
        Agent restarted = new Agent("pi-a", 12, 101, Duration.ofSeconds(15));
        restarted.beats();
        for (int second = 0; second < 60; second++) {
            one.beats(); // events that the first run left in its spool
        }
        for (int second = 0; second < 60; second++) {
            restarted.beats();
        }

        assertThat(log.changes()).isEqualTo(List.of());
    }

    @Test
    void agentsThatDoNotSayTheirRunAreNotJudged() {
        Agent one = new Agent("", 0, 101, Duration.ZERO);
        Agent two = new Agent("", 0, 202, Duration.ofSeconds(3));
        for (int second = 0; second < 20; second++) {
            one.beats();
            two.beats();
        }

        assertThat(log.changes()).isEmpty();
    }

    @Test
    void theOtherRulesLookAtTheRunThatAttachedLast() {
        Agent one = new Agent("pi-a", 11, 101, Duration.ZERO);
        Agent two = new Agent("pi-b", 22, 202, Duration.ofSeconds(3));
        for (int second = 0; second < 300; second++) {
            if (second < 40) {
                one.node.opens(second, "44.0.0." + second + ":8333", TestNode.FULL_RELAY);
            }
            one.beats();
            two.beats();
        }

        assertThat(log.changes()).containsExactly("NodeNameConflict raspberrypi page");
    }
}
