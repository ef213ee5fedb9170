package org.bitcoinwatchdog.detectors.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.FlushMode;
import org.bitcoinwatchdog.events.UtxoCacheFlush;
import org.junit.jupiter.api.Test;

class UtxoFlushTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", "regtest", detection::on).started();

    private void flushes(int seconds) {
        alice.does(event -> event.setUtxoCacheFlush(UtxoCacheFlush.newBuilder().setDurationUs(seconds * 1_000_000L)
                .setMode(FlushMode.FLUSH_MODE_PERIODIC).setCoins(5_000_000).setMemoryBytes(450 << 20))).waits(Duration.ofSeconds(1));
    }

    @Test
    void tellsForAnHour() {
        alice.connects(100).waits(Duration.ofMinutes(31));
        flushes(29);
        assertThat(alerts.changes()).isEmpty();
        flushes(31);
        alice.waits(Duration.ofSeconds(5));
        assertThat(alerts.changes()).containsExactly("UtxoFlush alice info");
        assertThat(alerts.measured("flush")).isEqualTo(31.0);
        alice.waits(Duration.ofMinutes(61));
        assertThat(alerts.changes()).containsExactly("UtxoFlush alice info", "UtxoFlush alice resolved");
    }

    @Test
    void initialBlockDownloadFlushesFullCaches() {
        for (int height = 0; height < 100; height++) {
            alice.connects(height);
            flushes(120);
        }
        assertThat(alerts.changes()).isEmpty();
    }
}
