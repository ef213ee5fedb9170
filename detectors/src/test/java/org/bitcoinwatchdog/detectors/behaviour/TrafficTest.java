package org.bitcoinwatchdog.detectors.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.Message;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", "regtest", detection::on).started();

    private void window(int events, long bytes) {
        for (int i = 0; i < events; i++) {
            alice.does(event -> event.setInboundMessage(Message.newBuilder().setType("tx").setSizeBytes(bytes)));
        }
        alice.waits(Duration.ofMinutes(5));
    }

    @Test
    void tellsOfTenTimesTheMessagesForThreeWindows() {
        for (int i = 0; i < 26; i++) {
            window(5_000, 100);
        }
        window(61_000, 100);
        window(61_000, 100);
        assertThat(alerts.changes()).isEmpty();
        window(61_000, 100);
        assertThat(alerts.changes()).containsExactly("MessageFlood alice info");
        for (int i = 0; i < 4; i++) {
            window(5_000, 100);
        }
        assertThat(alerts.changes()).containsExactly("MessageFlood alice info", "MessageFlood alice resolved");
    }

    @Test
    void tellsOfTenTimesTheBytes() {
        for (int i = 0; i < 26; i++) {
            window(100, 1_000_000);
        }
        for (int i = 0; i < 4; i++) {
            window(3_000, 1_000_000);
        }
        assertThat(alerts.changes()).containsExactly("BandwidthSurge alice info");
    }

    @Test
    void aNodeThatIsNewToUsHasNoPastToCompareWith() {
        for (int i = 0; i < 5; i++) {
            window(61_000, 100_000);
        }
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void tellsOfEvictions() {
        for (int i = 0; i < 30; i++) {
            evicts(i < 26 ? 2 : 60);
        }
        assertThat(alerts.changesOf("EvictionChurn")).containsExactly("EvictionChurn alice info");
    }

    private void evicts(int peers) {
        for (int i = 0; i < peers; i++) {
            alice.does(event -> event.setEvictedInboundConnection(EndedConnection.getDefaultInstance()));
        }
        alice.waits(Duration.ofMinutes(5));
    }
}
