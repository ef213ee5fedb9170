package org.bitcoinwatchdog.detectors.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.junit.jupiter.api.Test;

class CompactBlockFailuresTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", "regtest", detection::on).started();

    private final TestNode bob = new TestNode("bob", "regtest", detection::on);
    private int height = 100;

    private void blocks(int count, int failing, TestFleet fleet, TestNode... nodes) {
        for (int i = 0; i < count; i++) {
            height++;
            for (TestNode node : nodes) {
                node.receivesHeader(1, height);
                for (int asked = 0; asked < (i % 10 < failing ? 3 : 0); asked++) {
                    node.does(event -> event.setOutboundMessage(org.bitcoinwatchdog.events.Message.newBuilder()
                            .setType("getblocktxn").setBlockTransactions(
                                    org.bitcoinwatchdog.events.BlockTransactions.getDefaultInstance())));
                }
                node.connects(height);
            }
            fleet.waits(Duration.ofMinutes(5));
        }
    }

    private TestFleet fleet(TestNode... nodes) {
        TestFleet fleet = new TestFleet(nodes);
        for (TestNode node : nodes) {
            node.opens(1, "44.1.0.1:8333", TestNode.FULL_RELAY).connects(height);
        }
        return fleet.waits(Duration.ofMinutes(31));
    }

    @Test
    void tellsOfOneNodeAndEndsWhenItRebuildsBlocksAgain() {
        TestFleet fleet = fleet(alice);
        blocks(40, 2, fleet, alice);
        assertThat(alerts.changes()).isEmpty();
        blocks(48, 10, fleet, alice);
        assertThat(alerts.changes()).containsExactly("CompactBlockFailures alice info");
        blocks(60, 2, fleet, alice);
        assertThat(alerts.changes()).containsExactly("CompactBlockFailures alice info", "CompactBlockFailures alice resolved");
    }

    @Test
    void tellsOfTheFleetWhenSeveralNodesFail() {
        TestFleet fleet = fleet(alice, bob);
        blocks(48, 9, fleet, alice, bob);
        assertThat(alerts.changesOf("FleetCompactBlockFailures")).containsExactly("FleetCompactBlockFailures fleet info");
        blocks(80, 1, fleet, alice, bob);
        assertThat(alerts.changesOf("FleetCompactBlockFailures"))
                .containsExactly("FleetCompactBlockFailures fleet info", "FleetCompactBlockFailures fleet resolved");
    }
}
