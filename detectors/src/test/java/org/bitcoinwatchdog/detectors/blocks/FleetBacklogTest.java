package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.deposits.DepositRules;
import org.bitcoinwatchdog.detectors.fleet.FleetWatch;
import org.bitcoinwatchdog.detectors.topology.FleetAlertWriters;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.Tip;
import org.junit.jupiter.api.Test;

/** After the detectors were away, the nodes' partitions are read at different speeds. */
class FleetBacklogTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final boolean BEHIND = true;

    private final AlertLog alerts = new AlertLog();
    private final FleetWatch fleet = new FleetWatch("main",
            DetectorSettings.defaults().fleetRules(), node -> Set.of(), DepositRules.NONE, section -> null, null);

    /**
     * A second of each node's digests, by the node's own clock, with the tip that the node has had since the first
     * digest.
     */
    private void digests(String node, int height, int fromS, int toS, boolean behind) {
        long beginNs = TestNode.ns(TestNode.BEGIN);
        for (int second = fromS; second < toS; second++) {
            fleet.on(NodeDigest.newBuilder().setNode(node).setNetwork("main").setAtNs(beginNs + second * SECOND_NS)
                    .setTip(Tip.newBuilder().setHash(TestNode.hash(height)).setHeight(height).setConnectedAtNs(beginNs + fromS * SECOND_NS))
                    .setBlocksKnownSinceNs(beginNs).setBehind(behind).build(), new FleetAlertWriters("main", "", alerts));
        }
    }

    @Test
    void aNodeWhoseClockIsAheadDoesNotLagBehindThoseThatAreReadAheadOfIt() {
        for (String node : List.of("bob", "carol")) {
            digests(node, 100, 0, 1_000, BEHIND);
            digests(node, 101, 1_000, 5_000, BEHIND);
        }
        digests("alice", 100, 300, 1_300, BEHIND); // five minutes ahead of the others, who had the block at once
        digests("alice", 101, 1_300, 5_000, BEHIND);
        digests("alice", 101, 5_000, 5_010, !BEHIND);

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aThirdNodeThatIsYetToBeReadStillMakesItAFleetOfThree() {
        for (String node : List.of("alice", "bob", "carol")) {
            digests(node, 100, 0, 10, BEHIND);
        }
        digests("bob", 101, 3_600, 4_000, !BEHIND); // mines on a chain of its own
        digests("alice", 100, 3_600, 4_000, !BEHIND);
        assertThat(alerts.changes()).isEmpty();

        digests("alice", 100, 4_000, 4_600, !BEHIND); // carol does not come back
        assertThat(alerts.changes()).startsWith("FleetLag alice warn");
    }

    @Test
    void aNodeThatStarvedMeanwhileIsToldOfOnceItIsReadPromptly() {
        digests("alice", 100, 0, 3_600, BEHIND);
        for (String node : List.of("bob", "carol")) {
            digests(node, 101, 10, 3_700, BEHIND);
        }
        assertThat(alerts.changes()).isEmpty();

        digests("alice", 100, 3_600, 3_602, !BEHIND);
        assertThat(alerts.changes()).isEmpty();
        digests("alice", 100, 3_602, 3_670, !BEHIND);
        assertThat(alerts.changes()).containsExactly("FleetLag alice warn");
    }

    @Test
    void twoHoursOfOneNodesBacklogWithoutABlockAreNotTheNetworks() {
        digests("alice", 100, 0, 7_200, BEHIND);
        assertThat(alerts.changes()).isEmpty();
    }
}
