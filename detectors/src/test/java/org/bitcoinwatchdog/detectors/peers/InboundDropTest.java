package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.Alert;
import org.junit.jupiter.api.Test;

class InboundDropTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();

    private static void opens(TestNode node, int first, int count) {
        for (int peer = first; peer < first + count; peer++) {
            node.opens(peer, (20 + peer) + ".0.0.1:1000", TestNode.INBOUND);
        }
    }

    private static void closes(TestNode node, int first, int count) {
        for (int peer = first; peer < first + count; peer++) {
            node.closes(peer);
        }
    }

    @Test
    void warnsOfThirtyThatAreAThirdOfAllOnceItLastsAMinute() {
        opens(alice, 0, 80);
        alice.waits(Duration.ofMinutes(12));
        closes(alice, 0, 29);
        alice.waits(Duration.ofMinutes(2));
        assertThat(alerts.changes()).isEmpty();
        closes(alice, 29, 1);
        alice.waits(Duration.ofSeconds(55));
        assertThat(alerts.changes()).isEmpty();
        alice.waits(Duration.ofSeconds(10));
        assertThat(alerts.changes()).containsExactly("InboundDrop alice warn");
        assertThat(alerts.measured("lost-peers")).isEqualTo(30);

        opens(alice, 100, 11);
        alice.waits(Duration.ofSeconds(65));
        assertThat(alerts.changes()).endsWith("InboundDrop alice resolved");
    }

    @Test
    void hundredsThatComeAndGoAndEvictionsAreQuiet() {
        opens(alice, 0, 60);
        alice.waits(Duration.ofMinutes(12));
        for (int i = 0; i < 150; i++) {
            int peer = 60 + i % 100;
            opens(alice, peer, 1);
            alice.waits(Duration.ofSeconds(3)).closes(peer);
        }
        for (int peer = 0; peer < 40; peer++) {
            alice.evicts(peer).closes(peer);
            opens(alice, 100 + peer, 1);
            alice.waits(Duration.ofSeconds(5));
        }
        assertThat(alerts.changesOf("InboundDrop")).isEmpty();
    }

    @Test
    void bitcoindThatEndsSlowlyIsQuiet() {
        opens(alice, 0, 100);
        alice.waits(Duration.ofMinutes(12));
        closes(alice, 0, 100);
        alice.waits(Duration.ofMinutes(5)).stopped();
        alice.bitcoindRestarted().waits(Duration.ofMinutes(5));

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void whatWasMissedWhileTheAgentWasAwayIsNotCounted() {
        opens(alice, 0, 100);
        alice.waits(Duration.ofMinutes(2));
        closes(alice, 0, 29);
        alice.agentRestartedAfter(Duration.ofMinutes(1));
        closes(alice, 29, 10);
        alice.waits(Duration.ofMinutes(4));

        assertThat(alerts.changesOf("InboundDrop")).isEmpty();
    }

    @Test
    void pagesForTheFleetWhenAllListeningNodesLoseTheirs() {
        TestNode bob = new TestNode("bob", detection::on).started();
        TestNode onlyOutbound = new TestNode("carol", detection::on).started();
        opens(alice, 0, 60);
        opens(bob, 0, 60);
        waits(Duration.ofMinutes(12), alice, bob, onlyOutbound);
        closes(alice, 0, 31);
        waits(Duration.ofMinutes(2), alice, bob, onlyOutbound);
        assertThat(alerts.changes()).containsExactly("InboundDrop alice warn");
        closes(bob, 0, 31);
        waits(Duration.ofMinutes(2), alice, bob, onlyOutbound);

        assertThat(alerts.changes())
                .containsExactly("InboundDrop alice warn", "InboundDrop bob warn", "InboundDrop fleet page");
        assertThat(alerts.all()).anySatisfy(alert -> assertThat(alert.labels()).containsEntry(Alert.FLEET, "main"));
        opens(alice, 0, 31);
        waits(Duration.ofMinutes(3), alice, bob, onlyOutbound);
        assertThat(alerts.changes()).contains("InboundDrop alice resolved", "InboundDrop fleet resolved");
    }

    private static void waits(Duration duration, TestNode... nodes) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            for (TestNode node : nodes) {
                node.waits(Duration.ofSeconds(1));
            }
        }
    }
}
