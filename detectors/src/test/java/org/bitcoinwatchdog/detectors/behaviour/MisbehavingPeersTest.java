package org.bitcoinwatchdog.detectors.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.SlidingSum;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.MisbehavingConnection;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;

class MisbehavingPeersTest {
    private static final Rule RULE = new Rule("peer-behaviour", "MisbehavingPeers", Severity.WARN);

    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", "regtest", detection::on).started();

    private void misbehaves(long peer, String reason) {
        alice.does(event -> event.setMisbehavingConnection(MisbehavingConnection.newBuilder().setPeerId(peer).setReason(reason)))
                .waits(Duration.ofSeconds(1));
    }

    @Test
    void informsOfOnePeerWarnsFromThreeAndEndsAfterAnHourWithout() {
        misbehaves(1, "headers message size = 2001");
        alice.waits(Duration.ofSeconds(5));
        assertThat(alerts.changes()).containsExactly("MisbehavingPeers alice info");
        misbehaves(2, "headers message size = 4000");
        misbehaves(3, "mutated block");
        alice.waits(Duration.ofSeconds(5));
        assertThat(alerts.changes()).containsExactly("MisbehavingPeers alice info", "MisbehavingPeers alice warn");
        assertThat(alerts.last().evidence().subjects().get("reasons"))
                .containsExactly("headers message size = #: 2", "mutated block: 1");
        assertThat(alerts.last().evidence().subjects().get("peers")).containsExactly("peer 1", "peer 2", "peer 3");

        alice.waits(Duration.ofMinutes(59));
        assertThat(alerts.changes()).hasSize(2);
        alice.waits(Duration.ofMinutes(2));
        assertThat(alerts.changes()).endsWith("MisbehavingPeers alice resolved");
    }

    @Test
    void aPeerThatMisbehavesOftenIsOnePeer() {
        for (int i = 0; i < 10; i++) {
            misbehaves(1, "mutated block");
        }
        alice.waits(Duration.ofSeconds(5));
        assertThat(alerts.changes()).containsExactly("MisbehavingPeers alice info");
        assertThat(alerts.last().annotations().get(Alert.SUMMARY)).isEqualTo("1 peer misbehaved towards alice");
    }

    @Test
    void inventedReasonsAndManyPeersDoNotGrowTheState() {
        for (int i = 0; i < 2_000; i++) {
            misbehaves(i, "reason " + Character.toString('a' + i % 26) + Character.toString('a' + i / 26 % 26) + "x".repeat(200));
        }
        alice.waits(Duration.ofMinutes(1));

        assertThat(alerts.measured("misbehaving")).isEqualTo(1_024);
        assertThat(alerts.last().evidence().subjects().get("reasons")).hasSize(20).allMatch(reason -> reason.length() < 100);
    }

    @Test
    void readsAStateThatCountedByReason() {
        StateWriter earlier = new StateWriter().version(1).number(-1).number(1).text("mutated block");
        SlidingSum sum = new SlidingSum(Duration.ofHours(1));
        sum.add(TestNode.ns(TestNode.BEGIN), 5);
        sum.save(earlier);
        MisbehavingPeers rule = new MisbehavingPeers(RULE, MisbehavingPeers.Settings.defaults());

        rule.restore(new StateReader(earlier.toBytes()));
        StateWriter now = new StateWriter();
        rule.save(now);
        new MisbehavingPeers(RULE, MisbehavingPeers.Settings.defaults()).restore(new StateReader(now.toBytes()));
    }
}
