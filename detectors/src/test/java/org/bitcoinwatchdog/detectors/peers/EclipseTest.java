package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;

class EclipseTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on);
    private final TestNode bob = new TestNode("bob", detection::on);
    private final TestFleet fleet = new TestFleet(alice, bob);

    private void atTheTip() {
        alice.connects(100);
        bob.connects(100);
        fleet.waits(Duration.ofMinutes(31));
    }

    private void concentrated() {
        for (int peer = 0; peer < 3; peer++) {
            alice.opens(peer, "99.9.0." + peer + ":8333", TestNode.FULL_RELAY);
        }
    }

    private void spreadAgain() {
        for (int peer = 0; peer < 3; peer++) {
            alice.closes(peer);
        }
    }

    @Test
    void pagesOnceConcentrationAndLagComeTogetherAndEndsWhenBothAreOver() {
        atTheTip();
        concentrated();
        fleet.waits(Duration.ofMinutes(1));
        assertThat(alerts.changesOf("Eclipse")).isEmpty();
        bob.connects(101);
        fleet.waits(Duration.ofSeconds(63));
        assertThat(alerts.changesOf("Eclipse")).containsExactly("Eclipse alice page");
        assertThat(alerts.last().labels()).containsEntry(Alert.NODE, "alice").containsEntry(Alert.SEVERITY, "page");
        assertThat(alerts.last().evidence().subjects().get("rules")).containsExactly("FleetLag", "OutboundConcentration");

        alice.connects(101);
        fleet.waits(Duration.ofMinutes(3));
        assertThat(alerts.changesOf("Eclipse")).hasSize(1); // the peers are still there
        spreadAgain();
        fleet.waits(Duration.ofMinutes(3));
        assertThat(alerts.changesOf("Eclipse")).endsWith("Eclipse alice resolved");
    }

    @Test
    void namesTheWitnessesThatTheNodeIsComparedWith() {
        TestNode explorer = new TestNode("explorer", event -> {
            NodeEvent.Builder witness = event.toBuilder().setWitness(true);
            if (event.hasHeartbeat()) {
                witness.getHeartbeatBuilder().setWitnessAnsweredAtNs(event.getObservedAtNs());
            }
            detection.on(witness.build());
        });
        explorer.connects(100);
        alice.connects(100);
        bob.connects(100);
        TestFleet all = new TestFleet(alice, bob, explorer);
        all.waits(Duration.ofMinutes(31));
        concentrated();
        bob.connects(101);
        explorer.connects(101);
        all.waits(Duration.ofSeconds(63));
        Alert eclipse = alerts.all().stream().filter(alert -> alert.labels().get(Alert.ALERTNAME).equals("Eclipse")).findFirst().orElseThrow();
        assertThat(eclipse.annotations().get(Alert.DESCRIPTION)).contains("FleetLag compares it with the witness explorer. ");
    }

    @Test
    void eitherAloneAndBothMoreThanAnHourApartAreQuiet() {
        atTheTip();
        bob.connects(101);
        fleet.waits(Duration.ofMinutes(5));
        alice.connects(101);
        fleet.waits(Duration.ofMinutes(62));
        concentrated();
        fleet.waits(Duration.ofMinutes(5));

        assertThat(alerts.changesOf("FleetLag")).isNotEmpty();
        assertThat(alerts.changesOf("OutboundConcentration")).isNotEmpty();
        assertThat(alerts.changesOf("Eclipse")).isEmpty();
    }

    @Test
    void troubleOnDifferentNodesIsNoEclipse() {
        atTheTip();
        concentrated();
        alice.connects(101);
        fleet.waits(Duration.ofMinutes(5));

        assertThat(alerts.changes()).contains("FleetLag bob warn", "OutboundConcentration alice page");
        assertThat(alerts.changesOf("Eclipse")).isEmpty();
    }

    @Test
    void aSingleNodeIsJudgedByWhatWasAnnouncedToIt() {
        TestNode carol = new TestNode("carol", "testnet4", detection::on).started().connects(98);
        for (int peer = 0; peer < 3; peer++) {
            carol.opens(peer, "99.9.0." + peer + ":8333", TestNode.FULL_RELAY);
        }
        carol.waits(Duration.ofMinutes(15)).receivesHeader(0, 99).connects(99).waits(Duration.ofMinutes(16));
        carol.receivesHeader(0, 100).waits(Duration.ofMinutes(6));

        assertThat(alerts.changes()).contains("AnnouncedNotConnected carol page", "Eclipse carol page");
        carol.stopped();
        assertThat(alerts.changesOf("Eclipse")).endsWith("Eclipse carol resolved");
    }
}
