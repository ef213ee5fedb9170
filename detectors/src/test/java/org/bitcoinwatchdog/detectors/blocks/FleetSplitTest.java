package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.Alert;
import org.junit.jupiter.api.Test;

class FleetSplitTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on);
    private final TestNode bob = new TestNode("bob", detection::on);
    private final TestNode carol = new TestNode("carol", detection::on);

    @Test
    void pagesTenMinutesAfterABranchWasExtendedAndEndsOnceAllAreOnOne() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        alice.connects(1101, 101);
        bob.connects(101);
        carol.connects(101);
        fleet.waits(Duration.ofMinutes(20));
        assertThat(alerts.changes()).isEmpty();

        bob.connects(102);
        carol.connects(102);
        alice.connects(1102, 102);
        fleet.waits(Duration.ofMinutes(9));
        assertThat(alerts.changes()).isEmpty();
        fleet.waits(Duration.ofMinutes(2));
        assertThat(alerts.changesOf("FleetSplit")).containsExactly("FleetSplit fleet page");
        assertThat(alerts.last().labels()).containsEntry(Alert.FLEET, "main");
        assertThat(alerts.measured("height")).isEqualTo(101);
        assertThat(alerts.last().evidence().subjects().get("nodes")).containsExactlyInAnyOrder("alice", "bob", "carol");

        bob.connects(103);
        carol.connects(103);
        fleet.waits(Duration.ofMinutes(5));
        assertThat(alerts.changesOf("FleetSplit")).hasSize(1);
        alice.connects(101).connects(102).connects(103);
        fleet.waits(Duration.ofSeconds(40));
        assertThat(alerts.changesOf("FleetSplit")).containsExactly("FleetSplit fleet page", "FleetSplit fleet resolved");
    }

    @Test
    void twoBlocksAtOneHeightUntilTheNextOneAreQuiet() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        alice.connects(1101, 101);
        bob.connects(101);
        carol.connects(101);
        fleet.waits(Duration.ofMinutes(60));
        bob.connects(102);
        carol.connects(102);
        fleet.waits(Duration.ofSeconds(10));
        alice.connects(101).connects(102);
        fleet.waits(Duration.ofMinutes(60));

        assertThat(alerts.changesOf("FleetSplit")).isEmpty();
    }

    @Test
    void aNodeThatReplacedItsBlocksWhileItCaughtUpHoldsNoOldBranch() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        for (TestNode node : List.of(alice, bob, carol)) {
            node.connects(101).connects(102);
        }
        fleet.waits(Duration.ofMinutes(5));
        bob.connects(1101, 101).connects(1102, 102).connects(1103, 103);
        carol.connects(1101, 101).connects(1102, 102).connects(1103, 103);
        alice.connects(98).connects(99).connects(100).connects(2101, 101).connects(2102, 102).connects(2103, 103); // catches up
        alice.connects(1101, 101).connects(1102, 102).connects(1103, 103);
        fleet.waits(Duration.ofMinutes(60));

        assertThat(alerts.changesOf("FleetSplit")).isEmpty();
    }

    @Test
    void aBlockThatWasReplacedInAHoleIsHeldByNobody() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        alice.connects(101);
        bob.connects(1101, 101);
        carol.connects(1101, 101);
        fleet.waits(Duration.ofMinutes(1));
        alice.loses("validation:block_connected"); // 1101 and 1102
        bob.connects(1102, 102);
        carol.connects(1102, 102);
        fleet.waits(Duration.ofMinutes(5));
        alice.connects(1103, 103);
        bob.connects(1103, 103);
        carol.connects(1103, 103);
        fleet.waits(Duration.ofMinutes(60));

        assertThat(alerts.changesOf("FleetSplit")).isEmpty();
    }

    @Test
    void aBlockWhoseEventWasLostMakesNoSplit() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob);
        alice.connects(1101, 101);
        bob.connects(101);
        fleet.waits(Duration.ofMinutes(5));
        alice.connects(102); // after 101, which nobody saw
        bob.connects(102);
        fleet.waits(Duration.ofMinutes(60));

        assertThat(alerts.changesOf("FleetSplit")).isEmpty();
    }

    @Test
    void blocksOfOneMillisecondInAnotherOrderMakeNoSplit() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob);
        alice.connects(1101, 101);
        bob.connects(101);
        fleet.waits(Duration.ofMinutes(5));
        alice.connects(102).connects(101);
        bob.connects(102);
        fleet.waits(Duration.ofMinutes(60));

        assertThat(alerts.changes()).containsExactly("Reorg alice info", "Reorg alice resolved");
    }

    @Test
    void aSplitGoesOnWhileItIsNotKnownWhatANodeHas() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob);
        alice.connects(1101, 101).connects(1102, 102);
        bob.connects(101).connects(102);
        fleet.waits(Duration.ofMinutes(11));
        assertThat(alerts.changesOf("FleetSplit")).containsExactly("FleetSplit fleet page");

        alice.skipsASequence();
        fleet.waits(Duration.ofMinutes(20));
        alice.connects(1103, 103);
        bob.connects(103);
        fleet.waits(Duration.ofMinutes(20));
        assertThat(alerts.changesOf("FleetSplit")).hasSize(1);
    }

    @Test
    void aSplitGoesOnForDays() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob);
        for (int height = 101; height < 101 + 700; height++) {
            alice.connects(1000 + height, height);
            bob.connects(height);
            for (int minute = 0; minute < 10; minute++) {
                List.of(alice, bob).forEach(node -> node.leaps(Duration.ofSeconds(50)).waits(Duration.ofSeconds(10)));
            }
        }
        assertThat(alerts.changesOf("FleetSplit")).containsExactly("FleetSplit fleet page");
        assertThat(alerts.measured("height")).isEqualTo(101);
    }

    @Test
    void aBranchOfWhichNoNodeIsLeftIsNone() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        alice.connects(1101, 101);
        bob.connects(101).connects(102);
        carol.connects(101).connects(102);
        alice.stopped();
        fleet.without(alice).waits(Duration.ofMinutes(30));

        assertThat(alerts.changesOf("FleetSplit")).isEmpty();
    }

    @Test
    void oneNodeAndNodesOfDifferentNetworksAreNeverSplit() {
        TestNode test = new TestNode("alice", "testnet4", detection::on);
        TestFleet fleet = TestFleet.atTheTip(test, bob);
        test.connects(1101, 101).connects(1102, 102);
        bob.connects(101).connects(102);
        fleet.waits(Duration.ofMinutes(80));

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aThousandNodesAreSplitLikeThree() {
        TestNode[] nodes = new TestNode[1_000];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = new TestNode("node-" + i, detection::on);
        }
        for (TestNode node : nodes) {
            node.started().connects(100);
        }
        waitsInHalfMinutes(nodes, 62);
        for (int i = 0; i < nodes.length; i++) {
            int branch = i < 10 ? 1_000 : 0;
            nodes[i].connects(branch + 101, 101).connects(branch + 102, 102);
        }
        waitsInHalfMinutes(nodes, 19);
        assertThat(alerts.changes()).isEmpty();
        waitsInHalfMinutes(nodes, 2);

        assertThat(alerts.changes()).containsExactly("FleetSplit fleet page");
    }

    private static void waitsInHalfMinutes(TestNode[] nodes, int times) {
        for (int i = 0; i < times; i++) {
            for (TestNode node : nodes) {
                node.leaps(Duration.ofSeconds(29)).waits(Duration.ofSeconds(1));
            }
        }
    }
}
