package org.bitcoinwatchdog.detectors.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Nonce;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", "regtest", detection::on).started();

    private static final int PEERS = 6;

    private void pingsAll(Duration takes, Duration slowest) {
        for (long peer = 0; peer < PEERS; peer++) {
            long id = peer;
            alice.does(event -> event.setOutboundMessage(ping("ping").setPeer(alice.peer(id))));
        }
        alice.leaps(takes);
        for (long peer = 0; peer < PEERS - 1; peer++) {
            long id = peer;
            alice.does(event -> event.setInboundMessage(ping("pong").setPeer(alice.peer(id))));
        }
        alice.leaps(slowest);
        alice.does(event -> event.setInboundMessage(ping("pong").setPeer(alice.peer(PEERS - 1))));
        alice.waits(Duration.ofMinutes(2));
    }

    private static Message.Builder ping(String type) {
        return Message.newBuilder().setType(type).setNonce(Nonce.newBuilder().setNonce(42));
    }

    private void usual(int minutes) {
        for (int peer = 0; peer < PEERS; peer++) {
            alice.opens(peer, "44." + peer + ".0.1:8333", TestNode.FULL_RELAY);
        }
        for (int i = 0; i < minutes / 2; i++) {
            pingsAll(Duration.ofMillis(100), Duration.ZERO);
        }
    }

    @Test
    void warnsWhenAllPeersAreSlowAndEndsFiveMinutesAfterTheyAreNot() {
        usual(80);
        assertThat(alerts.changes()).isEmpty();
        pingsAll(Duration.ofMillis(2_500), Duration.ZERO);
        assertThat(alerts.changes()).containsExactly("RoundTrip alice warn");
        assertThat(alerts.measured("round-trip")).isEqualTo(2.5);
        assertThat(alerts.measured("usual")).isEqualTo(0.1);

        for (int i = 0; i < 6; i++) {
            pingsAll(Duration.ofMillis(100), Duration.ZERO);
        }
        assertThat(alerts.changes()).containsExactly("RoundTrip alice warn", "RoundTrip alice resolved");
    }

    @Test
    void oneSlowPeerIsItsOwnTrouble() {
        usual(80);
        for (int i = 0; i < 10; i++) {
            pingsAll(Duration.ofMillis(100), Duration.ofSeconds(30));
        }
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void fiveTimesTheUsualBelowTwoSecondsIsNothing() {
        usual(80);
        for (int i = 0; i < 10; i++) {
            pingsAll(Duration.ofMillis(1_500), Duration.ZERO);
        }
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void whatWasAlwaysSlowIsUsual() {
        for (int peer = 0; peer < PEERS; peer++) {
            alice.opens(peer, "44." + peer + ".0.1:8333", TestNode.FULL_RELAY);
        }
        for (int i = 0; i < 60; i++) {
            pingsAll(Duration.ofSeconds(3), Duration.ZERO);
        }
        assertThat(alerts.changes()).isEmpty();
    }
}
