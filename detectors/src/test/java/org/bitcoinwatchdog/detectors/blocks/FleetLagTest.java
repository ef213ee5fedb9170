package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.Test;

class FleetLagTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on);
    private final TestNode bob = new TestNode("bob", detection::on);
    private final TestNode carol = new TestNode("carol", detection::on);

    @Test
    void warnsAfterAMinutePagesAfterTwoAndEndsOnceTheBlockIsThere() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        bob.connects(101);
        carol.connects(101);

        fleet.waits(Duration.ofSeconds(59));
        assertThat(alerts.changes()).isEmpty();
        fleet.waits(Duration.ofSeconds(2));
        assertThat(alerts.changes()).containsExactly("FleetLag alice warn");
        assertThat(alerts.last().evidence().subjects().get("nodes")).containsExactlyInAnyOrder("bob", "carol");
        fleet.waits(Duration.ofSeconds(60));
        assertThat(alerts.changes()).containsExactly("FleetLag alice warn", "FleetLag alice page");
        assertThat(alerts.measured("lag")).isBetween(119.0, 121.0);

        fleet.waits(Duration.ofMinutes(3));
        assertThat(alerts.all()).hasSizeBetween(4, 5); // its evidence is refreshed once a minute
        alice.connects(101);
        fleet.waits(Duration.ofSeconds(31));
        assertThat(alerts.changes()).endsWith("FleetLag alice resolved");
    }

    @Test
    void pagesAtOnceWhereTwoBlocksAreMissingForAMinute() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        bob.connects(101).connects(102);
        carol.connects(101).connects(102);

        fleet.waits(Duration.ofSeconds(62));

        assertThat(alerts.changes()).containsExactly("FleetLag alice page");
        assertThat(alerts.measured("missing-blocks")).isEqualTo(2);
    }

    @Test
    void oneOtherNodeIsEnoughInAFleetOfTwoAndNotInOneOfThree() {
        TestFleet two = TestFleet.atTheTip(alice, bob);
        bob.connects(101);
        two.waits(Duration.ofSeconds(62));
        assertThat(alerts.changes()).containsExactly("FleetLag alice warn");

        AlertLog ofThree = new AlertLog();
        OfflineDetection other = new OfflineDetection(DetectorSettings.defaults(), ofThree);
        TestNode dave = new TestNode("dave", other::on);
        TestFleet three = TestFleet.atTheTip(dave, new TestNode("erin", other::on), new TestNode("frank", other::on));
        dave.connects(101);
        three.waits(Duration.ofSeconds(62));
        assertThat(ofThree.changes()).containsExactly("AloneAhead fleet warn");
    }

    @Test
    void aLoneNodeLagsBehindNobody() {
        TestFleet fleet = TestFleet.atTheTip(alice);

        fleet.waits(Duration.ofMinutes(30));

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void theUsualLagOfSecondsIsQuiet() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        for (int height = 101; height < 110; height++) {
            bob.connects(height);
            carol.connects(height);
            fleet.waits(Duration.ofSeconds(18));
            alice.connects(height);
            fleet.waits(Duration.ofMinutes(10));
        }

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void networksNeverMix() {
        TestNode test = new TestNode("alice", "testnet4", detection::on);
        TestFleet fleet = TestFleet.atTheTip(test, bob, carol);
        bob.connects(101);
        carol.connects(101);

        fleet.waits(Duration.ofMinutes(5));

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aSilentNodeDoesNotLag() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol).without(alice);
        bob.connects(101);
        carol.connects(101);

        fleet.waits(Duration.ofMinutes(5));

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void anIncidentGoesOnWhileTheNodeCatchesUp() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        for (int height = 101; height < 112; height++) {
            bob.connects(height);
            carol.connects(height);
            fleet.waits(Duration.ofMinutes(2));
        }
        assertThat(alerts.changes()).containsExactly("FleetLag alice warn", "FleetLag alice page");

        for (int height = 101; height < 109; height++) {
            alice.connects(height);
        }
        fleet.waits(Duration.ofMinutes(2));
        assertThat(alerts.changes()).containsExactly("FleetLag alice warn", "FleetLag alice page"); // it still lacks three

        alice.connects(109).connects(110).connects(111);
        fleet.waits(Duration.ofMinutes(2));
        assertThat(alerts.changes()).containsExactly("FleetLag alice warn", "FleetLag alice page", "FleetLag alice resolved");
    }

    @Test
    void blocksThatWereConnectedWhileTheAgentWasAwayAreNotMissing() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        bob.connects(101);
        carol.connects(101);
        alice.agentRestartedAfter(Duration.ofSeconds(2)); // it connected 101 in the hole, unseen

        fleet.waits(Duration.ofMinutes(9));
        assertThat(alerts.changes()).isEmpty();

        bob.connects(102);
        carol.connects(102);
        fleet.waits(Duration.ofSeconds(62));
        assertThat(alerts.changes()).containsExactly("FleetLag alice warn");
        assertThat(alerts.measured("missing-blocks")).isEqualTo(1);
    }

    @Test
    void oneIncidentIsOneAlertThoughTheNextBlockIsLateToo() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob);
        bob.connects(101);
        fleet.waits(Duration.ofSeconds(110));
        bob.connects(102);
        fleet.waits(Duration.ofSeconds(15));
        alice.connects(101);
        fleet.waits(Duration.ofSeconds(300));
        alice.connects(102);
        fleet.waits(Duration.ofSeconds(300));

        assertThat(alerts.changes()).containsExactly("FleetLag alice warn", "FleetLag alice page", "FleetLag alice resolved");
    }

    @Test
    void aLagThatEndsBetweenTwoHeartbeatsIsMeasuredToItsEnd() {
        TestFleet.atTheTip(alice, bob);
        bob.connects(101);
        for (TestNode node : new TestNode[] {alice, bob, alice, bob, alice, bob, alice, bob}) {
            node.leaps(Duration.ofSeconds(29)).waits(Duration.ofSeconds(1));
        }
        alice.leaps(Duration.ofSeconds(5)).connects(101).waits(Duration.ofSeconds(40));

        assertThat(alerts.changes()).containsExactly("FleetLag alice warn", "FleetLag alice page", "FleetLag alice resolved");
    }

    @Test
    void anIncidentGoesOnWhileItIsNotKnownWhatTheNodeHas() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob);
        bob.connects(101);
        fleet.waits(Duration.ofSeconds(130));
        alice.skipsASequence();
        fleet.waits(Duration.ofMinutes(5));
        bob.connects(102);
        fleet.waits(Duration.ofMinutes(5));
        alice.connects(101).connects(102);
        fleet.waits(Duration.ofMinutes(1));

        assertThat(alerts.changesOf("FleetLag")).containsExactly("FleetLag alice warn", "FleetLag alice page", "FleetLag alice resolved");
    }

    @Test
    void nobodyLagsBehindBlocksThatOthersReplacedByAShorterChain() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        for (int height = 101; height < 104; height++) {
            bob.connects(height);
            carol.connects(height);
        }
        fleet.waits(Duration.ofSeconds(5));
        for (TestNode node : new TestNode[] {alice, bob, carol}) {
            node.connects(1101, 101); // has more work than three blocks of minimum difficulty
        }
        fleet.waits(Duration.ofMinutes(15));

        assertThat(alerts.changes()).noneMatch(change -> change.startsWith("FleetLag"));
    }

    @Test
    void aNodeWhoseBlockMayHaveBeenMissedIsNobodyToCompareWith() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        bob.skipsASequence(); // of 101
        fleet.waits(Duration.ofSeconds(1));
        carol.connects(101);
        fleet.waits(Duration.ofSeconds(125));

        assertThat(alerts.changesOf("FleetLag")).containsExactly("FleetLag alice warn", "FleetLag alice page");
    }

    @Test
    void twoBlocksAtOneHeightAreNoLag() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        alice.connects(1101, 101);
        bob.connects(101);
        carol.connects(101);

        fleet.waits(Duration.ofMinutes(9));

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void endsWhenBitcoindIsStopped() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob);
        bob.connects(101);
        fleet.waits(Duration.ofSeconds(62));

        alice.stopped();

        assertThat(alerts.changes()).containsExactly("FleetLag alice warn", "FleetLag alice resolved");
    }

    @Test
    void aBacklogReadUnevenlyGivesNoFalseLag() {
        TestFleet.atTheTip(alice, bob, carol);
        // An hour of bob and carol is read before alice's, which connected every block as they did.
        for (int height = 101; height < 107; height++) {
            for (TestNode node : new TestNode[] {bob, carol}) {
                node.connects(height).waits(Duration.ofMinutes(10));
            }
        }
        for (int height = 101; height < 107; height++) {
            alice.connects(height).waits(Duration.ofMinutes(10));
        }

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aBlockThatWasConnectedInAHoleJustBeforeTheOthersIsNotMissing() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        alice.loses("validation:block_connected"); // of 101
        fleet.waits(Duration.ofSeconds(10));
        bob.connects(101);
        carol.connects(101);

        fleet.waits(Duration.ofMinutes(9));
        assertThat(alerts.changes()).isEmpty();

        bob.connects(102);
        carol.connects(102);
        fleet.waits(Duration.ofSeconds(62));
        assertThat(alerts.changes()).containsExactly("FleetLag alice warn");
    }
}
