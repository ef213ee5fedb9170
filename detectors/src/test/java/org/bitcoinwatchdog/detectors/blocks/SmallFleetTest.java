package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alerts of small fleets, by the number of starved nodes. */
class SmallFleetTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);

    @ParameterizedTest(name = "{0} nodes, {1} starved: {2}")
    @CsvSource({"1,1,NoBlock", "2,1,FleetLag", "2,2,NoBlock", "3,1,FleetLag", "3,2,AloneAhead", "3,3,NoBlock",
        "5,1,FleetLag", "5,2,FleetLag", "5,3,FleetLag", "5,4,AloneAhead", "5,5,NoBlock"})
    void starvedNodesAreFound(int nodes, int starved, String alertname) {
        TestNode[] all = IntStream.range(0, nodes).mapToObj(i -> new TestNode("node-" + i, detection::on)).toArray(TestNode[]::new);
        TestFleet fleet = TestFleet.atTheTip(all);
        for (int i = starved; i < nodes; i++) {
            all[i].connects(101);
        }

        fleet.waits(Duration.ofSeconds(59));
        assertThat(alerts.changes()).isEmpty();
        fleet.waits(Duration.ofSeconds(2));
        int warned = alertname.equals("NoBlock") ? 0 : alertname.equals("AloneAhead") ? 1 : starved;
        assertThat(alerts.changes()).hasSize(warned).allMatch(change -> change.startsWith(alertname) && change.endsWith("warn"));
        fleet.waits(Duration.ofMinutes(5));
        assertThat(alerts.changes()).hasSize(2 * warned).allMatch(change -> change.startsWith(alertname));
        if (warned == 0) {
            fleet.waits(Duration.ofMinutes(110));
            assertThat(alerts.changes()).contains("NoBlock fleet page");
        }
    }
}
