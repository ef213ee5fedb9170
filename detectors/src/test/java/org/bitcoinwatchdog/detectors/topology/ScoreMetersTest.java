package org.bitcoinwatchdog.detectors.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.bitcoinwatchdog.events.DeploymentSignal;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.SignallingState;
import org.junit.jupiter.api.Test;

class ScoreMetersTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final ScoreMeters meters = new ScoreMeters(registry);

    @Test
    void tellsTheLastScoreBesideItsThreshold() {
        meters.on(digest("alice").addScores(score("no-block", 100)).build());
        meters.on(digest("alice").addScores(score("no-block", 160)).build());
        assertThat(gauge("watchdog.detectors.score", "alice")).isEqualTo(160);
        assertThat(gauge("watchdog.detectors.threshold", "alice")).isEqualTo(6_540);
    }

    @Test
    void aDisarmedRuleHasNoScore() {
        meters.on(digest("alice").addScores(score("no-block", 100)).build());
        meters.on(digest("alice").build());
        assertThat(gauge("watchdog.detectors.score", "alice")).isNaN();
        assertThat(gauge("watchdog.detectors.threshold", "alice")).isNaN();
    }

    @Test
    void aNodeThatEndedHasNoSeries() {
        meters.on(digest("alice").addScores(score("no-block", 100)).build());
        meters.on(digest("bob").addScores(score("no-block", 100)).build());
        meters.on(digest("alice").setStopped(true).build());
        assertThat(registry.getMeters()).extracting(meter -> meter.getId().getTag("node")).containsOnly("bob");
    }

    @Test
    void aNodeThatIsNoLongerFollowedHasNoSeries() {
        meters.on(digest("alice").addScores(score("no-block", 100)).build());
        meters.on(digest("alice").setUnfollowed(true).addScores(score("no-block", 100)).build());
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void tellsTheSignalsOfEachDeployment() {
        meters.on(digest("alice").setSignalling(SignallingState.newBuilder().addDeployments(DeploymentSignal.newBuilder()
                .setName("bip110").setSignallingBlocks(12).setKnownBlocks(40).setPossibleBlocks(1_988).setThresholdBlocks(1_109))).build());
        assertThat(registry.get("watchdog.signalling.blocks").tags("node", "alice", "deployment", "bip110").gauge().value()).isEqualTo(12);
        assertThat(registry.get("watchdog.signalling.possible.blocks").gauge().value()).isEqualTo(1_988);
        meters.on(digest("alice").build());
        assertThat(registry.get("watchdog.signalling.blocks").tags("node", "alice", "deployment", "bip110").gauge().value()).isNaN();
        meters.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void takesAllBackWhenItsReaderCloses() {
        meters.on(digest("alice").addScores(score("no-block", 100)).build());
        meters.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    private double gauge(String name, String node) {
        return registry.get(name).tags("node", node, "rule", "no-block", "unit", "seconds").gauge().value();
    }

    private static NodeDigest.Builder digest(String node) {
        return NodeDigest.newBuilder().setNode(node).setNetwork("main");
    }

    private static Score score(String rule, double value) {
        return Score.newBuilder().setRule(rule).setValue(value).setThreshold(6_540).setUnit("seconds").build();
    }
}
