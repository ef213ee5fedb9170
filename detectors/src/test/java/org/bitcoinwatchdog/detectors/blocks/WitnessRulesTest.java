package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;

/** Nodes are compared with witnesses, and witnesses with nodes. */
class WitnessRulesTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on);
    private final TestNode bob = new TestNode("bob", detection::on);
    private final TestNode explorer = new TestNode("explorer", event -> detection.on(asWitness(event)));
    private final TestNode other = new TestNode("other", event -> detection.on(asWitness(event)));
    private boolean answers = true;
    private long answeredAtNs;

    @Test
    void aStarvedNodeWithTwoWitnessesPagesTwoMinutesAfterTheBlock() {
        TestFleet fleet = TestFleet.atTheTip(alice, explorer, other);
        explorer.connects(101);
        fleet.waits(Duration.ofSeconds(10));
        other.connects(101);
        fleet.waits(Duration.ofSeconds(119));
        assertThat(alerts.changes()).containsExactly("FleetLag alice warn");
        fleet.waits(Duration.ofSeconds(2));
        assertThat(alerts.changes()).containsExactly("FleetLag alice warn", "FleetLag alice page");
        alice.connects(101);
        fleet.waits(Duration.ofSeconds(31));
        assertThat(alerts.changes()).endsWith("FleetLag alice resolved").hasSize(3);
    }

    @Test
    void oneWitnessAloneWarns() {
        TestFleet fleet = TestFleet.atTheTip(alice, explorer);
        explorer.connects(101).connects(102).connects(103);
        fleet.waits(Duration.ofMinutes(20));
        assertThat(alerts.changes()).containsExactly("FleetLag alice warn");
    }

    @Test
    void oneWitnessAheadOfTwoNodesWarns() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, explorer);
        explorer.connects(101).connects(102);
        fleet.waits(Duration.ofMinutes(20));
        assertThat(alerts.changes()).containsExactly("AloneAhead fleet warn");
    }

    @Test
    void aWitnessIsNeverJudgedForLagging() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, explorer, other);
        alice.connects(101);
        bob.connects(101);
        fleet.waits(Duration.ofMinutes(20));
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aWitnessThatLacksTwoBlocksDisagrees() {
        TestFleet fleet = TestFleet.atTheTip(alice, explorer);
        alice.connects(101).connects(102);
        fleet.waits(Duration.ofSeconds(599));
        assertThat(alerts.changes()).isEmpty();
        fleet.waits(Duration.ofSeconds(3));
        assertThat(alerts.changes()).containsExactly("WitnessDisagrees explorer warn");
        explorer.connects(101).connects(102);
        fleet.waits(Duration.ofSeconds(62));
        assertThat(alerts.changes()).containsExactly("WitnessDisagrees explorer warn", "WitnessDisagrees explorer resolved");
    }

    @Test
    void aWitnessThatDoesNotAnswerIsNotCompared() {
        TestFleet fleet = TestFleet.atTheTip(alice, explorer);
        answers = false;
        fleet.waits(Duration.ofMinutes(4));
        alice.connects(101).connects(102);
        fleet.waits(Duration.ofSeconds(665));
        assertThat(alerts.changes()).containsExactly("WitnessSilent explorer info");
        answers = true;
        explorer.connects(101).connects(102);
        fleet.waits(Duration.ofSeconds(30));
        assertThat(alerts.changes()).containsExactly("WitnessSilent explorer info", "WitnessSilent explorer resolved");
    }

    @Test
    void aSplitFromOneWitnessWarnsAndFromTwoPages() {
        TestFleet fleet = TestFleet.atTheTip(alice, explorer, other);
        alice.connects(101).connects(102);
        explorer.connects(1101, 101).connects(1102, 102);
        other.connects(101).connects(102);
        fleet.waits(Duration.ofMinutes(11));
        assertThat(alerts.changesOf("FleetSplit")).containsExactly("FleetSplit fleet warn");
        other.connects(1101, 101).connects(1102, 102).connects(1103, 103);
        fleet.waits(Duration.ofMinutes(11));
        assertThat(alerts.changesOf("FleetSplit")).endsWith("FleetSplit fleet page");
    }

    private NodeEvent asWitness(NodeEvent event) {
        NodeEvent.Builder witness = event.toBuilder().setWitness(true);
        if (event.hasHeartbeat()) {
            answeredAtNs = answers ? event.getObservedAtNs() : answeredAtNs;
            witness.getHeartbeatBuilder().setWitnessAnsweredAtNs(answeredAtNs);
        }
        return witness.build();
    }
}
