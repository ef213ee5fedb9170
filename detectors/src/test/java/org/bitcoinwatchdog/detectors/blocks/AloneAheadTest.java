package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.Test;

class AloneAheadTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on);
    private final TestNode bob = new TestNode("bob", detection::on);
    private final TestNode carol = new TestNode("carol", detection::on);

    @Test
    void warnsAfterAMinutePagesAfterFiveAndEndsOnceAnotherHasTheBlock() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        carol.connects(101);
        fleet.waits(Duration.ofSeconds(61));
        assertThat(alerts.changes()).containsExactly("AloneAhead fleet warn");
        assertThat(alerts.last().evidence().subjects().get("ahead")).containsExactly("carol");
        assertThat(alerts.last().evidence().subjects().get("nodes")).containsExactly("alice", "bob");
        fleet.waits(Duration.ofMinutes(4));
        assertThat(alerts.changes()).containsExactly("AloneAhead fleet warn", "AloneAhead fleet page");

        bob.connects(101);
        alice.connects(101);
        fleet.waits(Duration.ofSeconds(31));
        assertThat(alerts.changes()).containsExactly("AloneAhead fleet warn", "AloneAhead fleet page", "AloneAhead fleet resolved");
    }

    @Test
    void pagesAtOnceWhereTheOthersLackTwoBlocks() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        carol.connects(101).connects(102);
        fleet.waits(Duration.ofSeconds(61));

        assertThat(alerts.changes()).containsExactly("AloneAhead fleet page");
    }

    @Test
    void isQuietWhileTheOthersReplaceBlocks() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        for (TestNode node : List.of(alice, bob, carol)) {
            node.connects(101).connects(102).connects(103);
        }
        fleet.waits(Duration.ofMinutes(10));
        alice.connects(1101, 101);
        bob.connects(1101, 101);
        fleet.waits(Duration.ofSeconds(5));
        for (TestNode node : List.of(alice, bob)) {
            node.connects(1102, 102).connects(1103, 103).connects(1104, 104);
        }
        carol.connects(1101, 101).connects(1102, 102).connects(1103, 103).connects(1104, 104);
        fleet.waits(Duration.ofMinutes(10));

        assertThat(alerts.changesOf("AloneAhead")).isEmpty();
    }

    @Test
    void theFirstNodeOfEachBlockIsQuiet() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        for (int height = 101; height < 110; height++) {
            carol.connects(height);
            fleet.waits(Duration.ofSeconds(20));
            alice.connects(height);
            bob.connects(height);
            fleet.waits(Duration.ofMinutes(10));
        }

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void nodesWhoseBlocksMayHaveBeenMissedAreNotBehind() {
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        alice.loses("validation:block_connected");
        bob.loses("validation:block_connected");
        fleet.waits(Duration.ofSeconds(1));
        carol.connects(101);
        fleet.waits(Duration.ofMinutes(10));

        assertThat(alerts.changesOf("AloneAhead")).isEmpty();
    }

    @Test
    void aWrongClockPutsNobodyAhead() {
        carol.leaps(Duration.ofMinutes(10));
        TestFleet fleet = TestFleet.atTheTip(alice, bob, carol);
        for (int height = 101; height < 105; height++) {
            carol.connects(height);
            fleet.waits(Duration.ofSeconds(5));
            alice.connects(height);
            bob.connects(height);
            fleet.waits(Duration.ofMinutes(5));
        }

        assertThat(alerts.changesOf("AloneAhead")).isEmpty();
    }
}
