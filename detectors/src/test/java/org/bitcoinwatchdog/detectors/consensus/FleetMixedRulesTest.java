package org.bitcoinwatchdog.detectors.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.NodeSoftware;
import org.junit.jupiter.api.Test;

class FleetMixedRulesTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on);
    private final TestNode bob = new TestNode("bob", detection::on);

    private void run(String ofAlice, String ofBob, int seconds) {
        for (int i = 0; i < seconds; i++) {
            beats(alice, ofAlice);
            beats(bob, ofBob);
        }
    }

    private static void beats(TestNode node, String software) {
        node.leaps(Duration.ofSeconds(1)).beats(beat -> beat.setBitcoindVersion(software)
                .setImplementation(NodeSoftware.ofText(software).implementation()));
    }

    @Test
    void oneAlertNamesWhatEachNodeRuns() {
        run("v31.0.0", "Knots v29.3.0.knots20260508", 5);
        assertThat(alerts.changes()).containsExactly("FleetMixedRules fleet info");
        assertThat(alerts.last().annotations().get("description")).contains("alice (v31.0.0)")
                .contains("BIP-110: bob (Knots v29.3.0.knots20260508)");
        run("v31.0.0", "Knots v29.2.0.knots20251110", 65);
        assertThat(alerts.changes()).endsWith("FleetMixedRules fleet resolved").hasSize(2);
    }

    @Test
    void theHardForkEnforcesOtherRulesThanBip110() {
        run("Knots v29.3.0.knots20260508", "Knots v29.4.1.knots20260830", 5);
        assertThat(alerts.changes()).containsExactly("FleetMixedRules fleet info");
        assertThat(alerts.last().annotations().get("description")).contains("hard fork of August 2026: bob");
    }

    @Test
    void olderKnotsAndOtherSoftwareHaveTheRulesOfCore() {
        run("Knots v29.2.0.knots20251110", "btcd v0.24.2", 60);
        run("v31.0.0", "/Other:1.0/", 60);
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aNodeWhoseSoftwareIsUnknownIsNotCompared() {
        run("", "Knots v29.3.0.knots20260508", 60);
        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void theUserAgentWithFurtherComponentsEnforcesTheSame() {
        run("v31.0.0", "/Satoshi:29.3.0/Knots:20260508/UASF-BIP110:0.4/", 5);
        assertThat(alerts.changes()).containsExactly("FleetMixedRules fleet info");
    }
}
