package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;

class NoBlockTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on);
    private final TestNode bob = new TestNode("bob", detection::on);

    @Test
    void oneFalseAlarmAYearAllowsGapsOf109Minutes() {
        long thresholdNs = new NoBlock(new Rule("stalled-blocks", "NoBlock", Severity.PAGE), NoBlock.Settings.defaults()).thresholdNs();

        assertThat(Duration.ofNanos(thresholdNs).toMinutes()).isEqualTo(108); // 600 s · ln(1 year / 600 s) = 6,522 s
    }

    @Test
    void pagesOnceForTheWholeFleetAndEndsWithTheNextBlock() {
        TestFleet fleet = new TestFleet(alice, bob);
        alice.connects(100);
        bob.connects(100);

        fleet.waits(Duration.ofMinutes(108));
        assertThat(alerts.changes()).isEmpty();
        fleet.waits(Duration.ofMinutes(2));
        assertThat(alerts.changes()).containsExactly("NoBlock fleet page");
        assertThat(alerts.last().labels()).doesNotContainKey(Alert.NODE).containsEntry(Alert.FLEET, "main");

        bob.connects(101);
        assertThat(alerts.changes()).containsExactly("NoBlock fleet page", "NoBlock fleet resolved");
    }

    @Test
    void isQuietWhereOneNodeAloneGetsNoBlocks() {
        TestFleet fleet = new TestFleet(alice, bob);
        alice.connects(100);
        bob.connects(100);
        for (int height = 101; height < 115; height++) {
            fleet.waits(Duration.ofMinutes(10));
            bob.connects(height);
        }

        assertThat(alerts.changes()).allMatch(change -> change.startsWith("FleetLag alice"));
    }

    @Test
    void anHourInWhichTheAgentWasAwayIsNotSilence() {
        TestFleet fleet = new TestFleet(alice);
        alice.connects(100);
        fleet.waits(Duration.ofMinutes(60));
        alice.agentRestartedAfter(Duration.ofMinutes(60));

        fleet.waits(Duration.ofMinutes(100));
        assertThat(alerts.changes()).isEmpty();
        fleet.waits(Duration.ofMinutes(10));
        assertThat(alerts.changes()).containsExactly("NoBlock fleet page");
    }

    @Test
    void aClockThatStepsByAnHourIsNotSilence() {
        TestFleet fleet = new TestFleet(alice);
        alice.connects(100);
        fleet.waits(Duration.ofMinutes(80));
        alice.leaps(Duration.ofHours(1));

        fleet.waits(Duration.ofMinutes(20));

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void theMeanIntervalIsMeasuredOverHeightsAndClamped() {
        MeanInterval intervals = new MeanInterval();
        long secondNs = 1_000_000_000L;
        for (int height = 0; height <= 200; height++) {
            intervals.add(height, height * 700 * secondNs);
        }
        intervals.add(300, 300 * 700 * secondNs); // a hundred blocks unseen
        intervals.add(290, 290 * 700 * secondNs); // received late

        assertThat(intervals.intervals()).isEqualTo(300);
        assertThat(intervals.seconds()).isEqualTo(700.0);
    }
}
