package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.node.KnownBranch;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Version;
import org.junit.jupiter.api.Test;

class FleetBranchTest {
    private static final int FORK = 100;
    /** Blocks of the second side have their height and this. */
    private static final int SECOND = 1_000_000;
    private static final int THIRD = 2_000_000;
    private static final int VERSION = 0x20000000;
    private static final int BIT_4 = 1 << 4;
    private static final int PEER = 7;

    private final AlertLog alerts = new AlertLog();
    private OfflineDetection detection;
    private List<TestNode> nodes;
    private TestNode alice;
    private TestNode bob;
    private TestNode carol;

    private void fleetAtTheTip(DetectorSettings settings) {
        detection = new OfflineDetection(settings, alerts);
        alice = new TestNode("alice", detection::on);
        bob = new TestNode("bob", detection::on);
        carol = new TestNode("carol", detection::on);
        nodes = List.of(alice, bob, carol);
        for (TestNode node : nodes) {
            node.started().opens(PEER, "203.0.113.7:8333", TestNode.FULL_RELAY);
            node.receives(PEER, "version", message -> message.setVersion(Version.newBuilder().setUserAgent("/Satoshi:29.3.0/Knots:20260508/")));
        }
        everyoneHears(FORK, FORK - 1, 0);
        nodes.forEach(node -> node.connects(FORK));
        passes(Duration.ofMinutes(31));
    }

    private void everyoneHears(int block, int parent, int bits) {
        nodes.forEach(node -> hears(node, block, parent, bits));
    }

    private static void hears(TestNode node, int block, int parent, int bits) {
        node.receives(PEER, "cmpctblock", message -> message.setBlock(AnnouncedBlock.newBuilder().setHeader(BlockHeader.newBuilder()
                .setHash(TestNode.hash(block)).setPreviousHash(TestNode.hash(parent)).setBits(TestNode.EASY).setProofOfWorkValid(true)
                .setVersion(VERSION | bits).setTimeS((int) node.now().getEpochSecond()))));
    }

    /** A block of the first side, which alice and carol follow, and one of the second, which bob follows. */
    private void bothSidesGrow(int height) {
        int secondParent = height - 1 == FORK ? FORK : height - 1 + SECOND;
        everyoneHears(height, height - 1, 0);
        everyoneHears(height + SECOND, secondParent, BIT_4);
        alice.connects(height);
        carol.connects(height);
        bob.connects(height + SECOND, height);
    }

    private void passes(Duration time) {
        for (long second = 0; second < time.toSeconds(); second += 10) {
            nodes.forEach(node -> node.receives(PEER, "ping").leaps(Duration.ofSeconds(9)).waits(Duration.ofSeconds(1)));
        }
    }

    private static KnownBranch known(String label, int height, int block) {
        byte[] wire = TestNode.hash(block).toByteArray();
        byte[] shown = new byte[wire.length];
        for (int i = 0; i < wire.length; i++) {
            shown[i] = wire[wire.length - 1 - i];
        }
        return new KnownBranch(label, height, HexFormat.of().formatHex(shown));
    }

    @Test
    void oneAlertOfTheNetworkNamesTheBranchAndWhoIsOnIt() {
        fleetAtTheTip(DetectorSettings.defaults());
        for (int height = FORK + 1; height <= FORK + 3; height++) {
            bothSidesGrow(height);
            passes(Duration.ofMinutes(3));
        }
        assertThat(alerts.changesOf("ForkBranch")).contains("ForkBranch fleet info", "ForkBranch fleet warn", "ForkBranch fleet page");
        Alert alert = alerts.all().stream().filter(each -> each.labels().containsKey(Alert.FLEET)
                && each.labels().get(Alert.ALERTNAME).equals("ForkBranch")).reduce((first, second) -> second).orElseThrow();
        assertThat(alert.annotations().get(Alert.DESCRIPTION)).contains("bob is on it", "alice, carol are on it", "bit 4",
                "203.0.113.7:8333, which run Knots v29.3.0.knots20260508", "Both sides have the same work");
        assertThat(alert.evidence().subjects().get("nodes")).containsExactlyInAnyOrder("alice", "bob", "carol");
    }

    @Test
    void aNodeOnTheSideWithLessWorkIsTold() {
        fleetAtTheTip(DetectorSettings.defaults());
        bothSidesGrow(FORK + 1);
        everyoneHears(FORK + 2, FORK + 1, 0);
        alice.connects(FORK + 2);
        carol.connects(FORK + 2);
        passes(Duration.ofMinutes(3));
        assertThat(alerts.all()).anyMatch(each -> "bob".equals(each.labels().get(Alert.NODE))
                && each.annotations().get(Alert.DESCRIPTION).contains("bob is on the side with less work"));
        assertThat(alerts.all()).anyMatch(each -> "alice".equals(each.labels().get(Alert.NODE))
                && each.annotations().get(Alert.DESCRIPTION).contains("50 % of its work"));
    }

    @Test
    void aKnownSplitInformsAndNodesOfEachSideAreJudgedAmongThemselves() {
        fleetAtTheTip(DetectorSettings.defaults().withKnownBranches(List.of(known("second", FORK + 1, FORK + 1 + SECOND))));
        for (int height = FORK + 1; height <= FORK + 4; height++) {
            bothSidesGrow(height);
            passes(Duration.ofMinutes(10));
        }
        for (int height = FORK + 5; height <= FORK + 25; height++) { // bob's side stops, and the other grows
            everyoneHears(height, height - 1, 0);
            alice.connects(height);
            carol.connects(height);
            passes(Duration.ofMinutes(10));
        }
        assertThat(alerts.changes()).noneMatch(change -> (change.endsWith("page") || change.endsWith("warn")) && !change.startsWith("SlowChain bob"));
        assertThat(alerts.changesOf("ForkBranch")).containsOnlyOnce("ForkBranch fleet info");
        assertThat(alerts.all()).anyMatch(each -> each.annotations().get(Alert.SUMMARY).startsWith("At the known fork second, a branch"));
    }

    @Test
    void aNewSplitOfOneSideOfAKnownSplitPages() {
        fleetAtTheTip(DetectorSettings.defaults().withKnownBranches(List.of(known("second", FORK + 1, FORK + 1 + SECOND))));
        bothSidesGrow(FORK + 1);
        passes(Duration.ofMinutes(10));
        int parent = FORK + 1;
        for (int height = FORK + 2; height <= FORK + 4; height++) {
            everyoneHears(height, height - 1, 0);
            alice.connects(height);
            everyoneHears(height + THIRD, parent, 0);
            carol.connects(height + THIRD, height);
            parent = height + THIRD;
            passes(Duration.ofMinutes(8));
        }
        assertThat(alerts.changesOf("ForkBranch")).contains("ForkBranch fleet page");
        assertThat(alerts.changesOf("FleetSplit")).contains("FleetSplit fleet page");
        assertThat(alerts.all().stream().filter(each -> each.labels().get(Alert.ALERTNAME).equals("FleetSplit")))
                .allSatisfy(each -> assertThat(each.evidence().subjects().getOrDefault("nodes", List.of())).doesNotContain("bob"));
    }
}
