package org.bitcoinwatchdog.detectors.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.api.Test;

class AddrmanConcentrationTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", "regtest", detection::on).started();

    private void hour(int insertions, int fromOne) {
        for (int i = 0; i < insertions; i++) {
            String source = i < fromOne ? "99.9.0.1:8333" : (20 + i % 60) + ".0.0.1:8333";
            alice.inserts((20 + i % 100) + "." + i % 200 + ".0.1:8333", source);
            alice.waits(Duration.ofSeconds(3600 / insertions));
        }
    }

    @Test
    void informsAfterTwoHoursOfOneSourceAndEndsAfterOneOfMany() {
        hour(600, 400);
        assertThat(alerts.changesOf("AddrmanConcentration")).isEmpty();
        hour(600, 400);
        hour(600, 0);
        assertThat(alerts.changesOf("AddrmanConcentration")).startsWith("AddrmanConcentration alice info");
        assertThat(alerts.all().get(0).evidence().subjects().get("sources")).startsWith("99.9.0.0/16");
        hour(600, 0);
        assertThat(alerts.changesOf("AddrmanConcentration")).endsWith("AddrmanConcentration alice resolved");
    }

    @Test
    void fewInsertionsAndManySourcesAreQuiet() {
        hour(400, 400);
        hour(400, 400);
        hour(600, 0);
        hour(600, 100);
        hour(600, 0);
        assertThat(alerts.changesOf("AddrmanConcentration")).isEmpty();
    }
}
