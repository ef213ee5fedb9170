package org.bitcoinwatchdog.detectors.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.Test;

class AddressSurgeTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on);
    private final TestNode bob = new TestNode("bob", detection::on);
    private final TestFleet fleet = new TestFleet(alice, bob);
    private int next;

    /** Answers to our getaddr, so that they are not a flood. */
    private void receives(TestNode node, int addresses) {
        for (int i = 0; i < addresses; i += 1_000) {
            node.opens(next, "44." + next % 200 + ".0.1:8333", TestNode.FULL_RELAY).sends(next, "getaddr");
            node.receivesAddresses(next, 1_000 * next, 1_000).closes(next);
            next++;
        }
    }

    private void days(int count, int ofAlice, int ofBob) {
        for (int day = 0; day < count; day++) {
            receives(alice, ofAlice);
            receives(bob, ofBob);
            waitsADay();
        }
    }

    /** With a heartbeat every 7 seconds: some come in the first second of a minute, when the rule looks. */
    private void waitsADay() {
        long seconds = Duration.ofDays(1).toSeconds();
        for (long left = seconds; left > 0; left -= 7) {
            Duration before = Duration.ofSeconds(Math.min(left, 7) - 1);
            for (TestNode node : List.of(alice, bob)) {
                node.leaps(before).waits(Duration.ofSeconds(1));
            }
        }
    }

    @Test
    void warnsWhenTwoNodesReceiveTwoAndAHalfTimesTheirUsual() {
        days(8, 40_000, 60_000);
        days(1, 60_000, 60_000);
        assertThat(alerts.changesOf("AddressSurge")).isEmpty();
        days(1, 250_000, 250_000);
        assertThat(alerts.changesOf("AddressSurge")).containsExactly("AddressSurge fleet warn");
        fleet.waits(Duration.ofMinutes(11)); // of a new day
        assertThat(alerts.changesOf("AddressSurge")).endsWith("AddressSurge fleet resolved").hasSize(2);
    }

    @Test
    void oneNodeAloneIsNoSurgeOfTheNetwork() {
        days(8, 40_000, 40_000);
        days(1, 250_000, 40_000);
        assertThat(alerts.changesOf("AddressSurge")).isEmpty();
    }

    @Test
    void nothingIsSaidBeforeAWeekIsKnown() {
        days(5, 40_000, 40_000);
        days(1, 250_000, 250_000);
        assertThat(alerts.changesOf("AddressSurge")).isEmpty();
    }
}
