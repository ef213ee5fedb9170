package org.bitcoinwatchdog.detectors.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.Nonce;
import org.junit.jupiter.api.Test;

class PingFloodTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", "regtest", detection::on).started();

    private void pings(long peer) {
        alice.receives(peer, "ping", message -> message.setNonce(Nonce.newBuilder().setNonce(1)));
    }

    @Test
    void tellsOfTheFourthPingIn120SecondsAndEndsWhenItStops() {
        alice.opens(1, "44.1.0.1:1000", TestNode.INBOUND);
        for (int i = 0; i < 3; i++) {
            pings(1);
            alice.waits(Duration.ofSeconds(30));
        }
        assertThat(alerts.changes()).isEmpty();
        pings(1);
        alice.waits(Duration.ofSeconds(5));
        assertThat(alerts.changes()).containsExactly("PingFlood alice info");
        assertThat(alerts.last().evidence().subjects().get("peers")).containsExactly("44.1.0.1:1000 (peer 1)");

        alice.waits(Duration.ofMinutes(5));
        assertThat(alerts.changes()).containsExactly("PingFlood alice info", "PingFlood alice resolved");
    }

    @Test
    void corePingsEveryTwoMinutesAndOnceMoreAtTheStart() {
        for (int peer = 0; peer < 20; peer++) {
            alice.opens(peer, "44." + peer + ".0.1:1000", TestNode.INBOUND);
            pings(peer);
        }
        for (int i = 0; i < 20; i++) {
            for (int peer = 0; peer < 20; peer++) {
                pings(peer);
            }
            alice.waits(Duration.ofMinutes(2));
        }
        assertThat(alerts.changesOf("PingFlood")).isEmpty();
    }

    @Test
    void anotherPeerWithTheSameNumberAfterARestartBeginsAnew() {
        alice.opens(0, "44.1.0.1:1000", TestNode.INBOUND);
        pings(0);
        pings(0);
        alice.bitcoindRestarted().opens(0, "44.2.0.1:1000", TestNode.INBOUND);
        pings(0);
        pings(0);
        alice.waits(Duration.ofSeconds(2));

        assertThat(alerts.changes()).isEmpty();
    }
}
