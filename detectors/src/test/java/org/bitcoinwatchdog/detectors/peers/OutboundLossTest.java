package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.ConnectionType;
import org.junit.jupiter.api.Test;

class OutboundLossTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();

    private void opens(int first, int count) {
        for (int peer = first; peer < first + count; peer++) {
            alice.opens(peer, (20 + peer) + ".0.0.1:8333", TestNode.FULL_RELAY);
        }
    }

    private void closes(int first, int count) {
        for (int peer = first; peer < first + count; peer++) {
            alice.closes(peer);
        }
    }

    /** The first peers send a message each minute. */
    private void waits(Duration duration, int speaking) {
        for (long minute = 0; minute < duration.toMinutes(); minute++) {
            for (int peer = 0; peer < speaking; peer++) {
                alice.receives(peer, "ping");
            }
            alice.waits(Duration.ofMinutes(1));
        }
    }

    @Test
    void pagesAfterFiveMinutesBelowSixAndEndsTwoMinutesAfterTheyAreBack() {
        opens(0, 8);
        waits(Duration.ofMinutes(10), 8);
        closes(5, 3);
        waits(Duration.ofMinutes(4), 5);
        assertThat(alerts.changes()).isEmpty();
        waits(Duration.ofMinutes(2), 5);
        assertThat(alerts.changes()).containsExactly("OutboundLoss alice page");
        assertThat(alerts.measured("full-relay-peers")).isEqualTo(5);

        opens(5, 1);
        waits(Duration.ofMinutes(1), 6);
        assertThat(alerts.changes()).hasSize(1);
        waits(Duration.ofMinutes(2), 6);
        assertThat(alerts.changes()).endsWith("OutboundLoss alice resolved");
    }

    @Test
    void losingFurtherPeersIsWrittenAsGrowth() {
        opens(0, 8);
        waits(Duration.ofMinutes(10), 8);
        closes(5, 3);
        waits(Duration.ofMinutes(6), 5);
        assertThat(alerts.last().grewAt()).isNull();

        closes(1, 4);
        alice.waits(Duration.ofSeconds(10));

        assertThat(alerts.measured("full-relay-peers")).isEqualTo(1);
        assertThat(alerts.last().grewAt()).isNotNull();
    }

    @Test
    void pagesSoonerWithNoneLeft() {
        opens(0, 2); // maxconnections is low: never six
        waits(Duration.ofMinutes(20), 2);
        assertThat(alerts.changes()).isEmpty();
        closes(0, 1);
        alice.waits(Duration.ofSeconds(30)).closes(1);
        waits(Duration.ofMinutes(3), 0);
        assertThat(alerts.changes()).containsExactly("OutboundLoss alice page");
    }

    @Test
    void bitcoindThatTakesLongToEndHasLostNobody() {
        opens(0, 8);
        waits(Duration.ofMinutes(10), 8);
        closes(0, 8);
        waits(Duration.ofMinutes(8), 0);
        alice.stopped();
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void allClosedAtOnceIsToldInTheEndWhereBitcoindGoesOn() {
        opens(0, 8);
        waits(Duration.ofMinutes(10), 8);
        closes(0, 8);
        waits(Duration.ofMinutes(11), 0);
        assertThat(alerts.changes()).containsExactly("OutboundLoss alice page");
    }

    @Test
    void bitcoindThatTakesLongToEndDoesNotLagBehindItsFleet() {
        AlertLog lags = new AlertLog();
        OfflineDetection of = new OfflineDetection(DetectorSettings.defaults(), lags);
        TestNode carol = new TestNode("carol", of::on);
        TestNode dave = new TestNode("dave", of::on);
        TestFleet fleet = TestFleet.atTheTip(carol, dave);
        for (int peer = 0; peer < 8; peer++) {
            carol.opens(peer, "20." + peer + ".0.1:8333", TestNode.FULL_RELAY);
        }
        for (int peer = 0; peer < 8; peer++) {
            carol.closes(peer);
        }
        dave.connects(101);
        fleet.waits(Duration.ofMinutes(9));
        assertThat(lags.changes()).isEmpty();
        fleet.waits(Duration.ofMinutes(4)); // bitcoind runs on without peers
        assertThat(lags.changes()).contains("FleetLag carol page");
    }

    @Test
    void aNodeWithManualPeersOnlyIsNotJudged() {
        for (int peer = 0; peer < 3; peer++) {
            alice.opens(peer, "20.0.0." + peer + ":8333", ConnectionType.CONNECTION_TYPE_MANUAL);
        }
        waits(Duration.ofMinutes(10), 3);
        closes(0, 3);
        waits(Duration.ofMinutes(30), 0);
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aNodeThatIsRestartedWithManualPeersOnlyIsNotJudgedByItsPast() {
        opens(0, 8);
        waits(Duration.ofMinutes(10), 8);
        alice.bitcoindRestarted().opens(0, "20.0.0.1:8333", ConnectionType.CONNECTION_TYPE_MANUAL);
        waits(Duration.ofMinutes(40), 1);
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aNodeBehindTorHasPeersLikeAnyOther() {
        for (int peer = 0; peer < 8; peer++) {
            alice.opens(peer, "a".repeat(55) + (char) ('a' + peer) + ".onion:8333", TestNode.FULL_RELAY);
        }
        waits(Duration.ofMinutes(10), 8);
        closes(0, 4);
        alice.waits(Duration.ofSeconds(30));
        closes(4, 4);
        waits(Duration.ofMinutes(3), 0);
        assertThat(alerts.changes()).containsExactly("OutboundLoss alice page");
    }

    @Test
    void aRestartThatTakesItsTimeIsQuietAndOneThatFindsNobodyIsNot() {
        opens(0, 8);
        waits(Duration.ofMinutes(10), 8);
        closes(0, 8);
        alice.waits(Duration.ofSeconds(100)).stopped().bitcoindRestarted();
        waits(Duration.ofMinutes(14), 0);
        assertThat(alerts.changes()).isEmpty();
        waits(Duration.ofMinutes(4), 0);
        assertThat(alerts.changes()).containsExactly("OutboundLoss alice page");
    }

    @Test
    void anAgentThatComesBackKnowsNoPeerUntilItIsHeard() {
        opens(0, 8);
        waits(Duration.ofMinutes(10), 8);
        alice.agentRestartedAfter(Duration.ofHours(1));
        alice.waits(Duration.ofSeconds(110));
        waits(Duration.ofMinutes(20), 8);
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void peersWhoseMessagesAreNotTracedAreForgottenAndNotLost() {
        opens(0, 8);
        waits(Duration.ofMinutes(60), 0);
        assertThat(alerts.changes()).isEmpty();
    }
}
