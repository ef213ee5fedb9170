package org.bitcoinwatchdog.detectors.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.MempoolAdded;
import org.bitcoinwatchdog.events.MempoolRejected;
import org.bitcoinwatchdog.events.MempoolRemoved;
import org.bitcoinwatchdog.events.MempoolReplaced;
import org.bitcoinwatchdog.events.NodeEvent;

import org.junit.jupiter.api.Test;

class MempoolCongestionTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", "regtest", detection::on).started();

    /** Five minutes with that many events, all at once, since a window only counts. */
    private void window(int events, UnaryOperator<NodeEvent.Builder> body) {
        for (int i = 0; i < events; i++) {
            alice.does(body);
        }
        alice.waits(Duration.ofMinutes(5));
    }

    private void risesAndFalls(String alertname, int usual, int unusual, UnaryOperator<NodeEvent.Builder> body) {
        for (int i = 0; i < 30; i++) {
            window(usual + usual * (i % 7) / 10, body);
        }
        window(unusual, body);
        window(unusual, body);
        window(usual, body);
        window(usual, body);
        assertThat(alerts.changes()).as("two windows in a row").isEmpty();
        for (int i = 0; i < 4; i++) {
            window(unusual, body);
        }
        assertThat(alerts.changes()).containsExactly(alertname + " alice info");
        for (int i = 0; i < 4; i++) {
            window(usual, body);
        }
        assertThat(alerts.changes()).containsExactly(alertname + " alice info", alertname + " alice resolved");
    }

    @Test
    void tellsOfReplacements() {
        risesAndFalls("MempoolReplaced", 50, 8_000, event -> event.setMempoolReplaced(MempoolReplaced.getDefaultInstance()));
    }

    @Test
    void tellsOfRejections() {
        risesAndFalls("MempoolRejected", 50, 8_000, event -> event.setMempoolRejected(MempoolRejected.getDefaultInstance()));
    }

    @Test
    void tellsOfAFullMempool() {
        risesAndFalls("MempoolFull", 0, 4_000,
                event -> event.setMempoolRemoved(MempoolRemoved.newBuilder().setReason("sizelimit")));
    }

    @Test
    void tellsOfAdditionsFarAboveABurst() {
        risesAndFalls("MempoolAdded", 500, 60_000, event -> event.setMempoolAdded(MempoolAdded.getDefaultInstance()));
    }

    @Test
    void twoThousandAMinuteAreANormalBurst() {
        for (int i = 0; i < 30; i++) {
            window(500, event -> event.setMempoolAdded(MempoolAdded.getDefaultInstance()));
        }
        for (int i = 0; i < 6; i++) {
            window(10_000, event -> event.setMempoolAdded(MempoolAdded.getDefaultInstance()));
        }
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void removalsForABlockAreNormal() {
        for (int i = 0; i < 40; i++) {
            window(i < 30 ? 10 : 5_000, event -> event.setMempoolRemoved(MempoolRemoved.newBuilder().setReason("block")));
        }
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void windowsWithAHoleSayNothing() {
        for (int i = 0; i < 30; i++) {
            window(50, event -> event.setMempoolRejected(MempoolRejected.getDefaultInstance()));
        }
        for (int i = 0; i < 10; i++) {
            alice.waits(Duration.ofMinutes(1)).skipsASequence();
            window(8_000, event -> event.setMempoolRejected(MempoolRejected.getDefaultInstance()));
        }
        assertThat(alerts.changesOf("MempoolRejected")).isEmpty();
    }
}
