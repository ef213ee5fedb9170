package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.Test;

class InboundTakeoverTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();

    private void opens(int first, int count, String prefix) {
        for (int i = 0; i < count; i++) {
            alice.opens(first + i, prefix.formatted(20 + i), TestNode.INBOUND);
        }
    }

    @Test
    void warnsWhileManyAreEvictedForYoungPeersAndEndsOnceItStops() {
        opens(0, 100, "%d.0.0.1:1000");
        alice.waits(Duration.ofMinutes(10));
        for (int i = 0; i < 40; i++) {
            replaces(i);
        }
        assertThat(alerts.changesOf("InboundTakeover")).isEmpty(); // half of them are old
        for (int i = 40; i < 90; i++) {
            replaces(i);
        }
        assertThat(alerts.changesOf("InboundTakeover")).containsExactly("InboundTakeover alice warn");
        assertThat(alerts.measured("inbound-peers")).isEqualTo(100);

        alice.waits(Duration.ofMinutes(11));
        assertThat(alerts.changesOf("InboundTakeover")).endsWith("InboundTakeover alice resolved");
    }

    /** Every 4 seconds, 15 a minute. */
    private void replaces(int peer) {
        alice.evicts(peer).closes(peer).opens(1_000 + peer, (130 + peer) + ".0.0.1:1000", TestNode.INBOUND);
        alice.waits(Duration.ofSeconds(4));
    }

    @Test
    void evictionsOfYoungPeersBeforeOldOnesAreQuiet() {
        opens(0, 100, "%d.0.0.1:1000");
        alice.waits(Duration.ofMinutes(10));
        for (int peer = 1_000; peer < 1_200; peer++) {
            alice.opens(peer, (20 + peer % 200) + ".9.0.1:1000", TestNode.INBOUND).evicts(peer).closes(peer);
            alice.waits(Duration.ofSeconds(4));
        }
        assertThat(alerts.changesOf("InboundTakeover")).isEmpty();
    }

    @Test
    void aFewEvictionsAreQuiet() {
        opens(0, 100, "%d.0.0.1:1000");
        for (int peer = 0; peer < 45; peer++) {
            alice.evicts(peer).closes(peer).waits(Duration.ofSeconds(7));
        }
        assertThat(alerts.changesOf("InboundTakeover")).isEmpty();
    }
}
