package org.bitcoinwatchdog.detectors.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.node.Deployment;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockHeader;
import org.junit.jupiter.api.Test;

/** Deployments, their share, unknown bits and mandatory heights, on a chain of a node in ordinary operation. */
class SignallingTest {
    private static final int PERIOD = 2_016;
    private static final int MANDATORY = 10 * PERIOD;
    private static final int NOTHING = 0x2000_0000;

    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults().with(new MandatorySignalling.Settings(
            true, PERIOD, List.of(new Deployment("bip110", 4, 1_109, PERIOD, 8 * PERIOD, MANDATORY)), Duration.ofMinutes(10))), alerts);
    private final TestNode node = new TestNode("alice", detection::on);

    private void starts(int height) {
        node.started().knows(1, "203.0.113.7:8333", TestNode.FULL_RELAY);
        block(height, NOTHING);
        node.waits(Duration.ofMinutes(31));
    }

    private void blocks(int from, int to, IntUnaryOperator version) {
        for (int height = from; height < to; height++) {
            block(height, version.applyAsInt(height));
            node.waits(Duration.ofSeconds(20));
        }
    }

    private void block(int height, int version) {
        BlockHeader header = BlockHeader.newBuilder().setHash(TestNode.hash(height)).setPreviousHash(TestNode.hash(height - 1))
                .setTimeS((int) node.now().getEpochSecond()).setBits(TestNode.EASY).setProofOfWorkValid(true).setVersion(version).build();
        node.receives(1, "cmpctblock", message -> message.setBlock(AnnouncedBlock.newBuilder().setHeader(header)));
        node.connects(height);
    }

    @Test
    void halfOfAHundredBlocksWithAnUnknownBitInform() {
        starts(1_000);
        blocks(1_001, 1_100, height -> height % 2 == 0 ? NOTHING | 1 << 3 : NOTHING);
        assertThat(alerts.changesOf("UnknownSignalling")).isEmpty();
        blocks(1_100, 1_103, height -> NOTHING | 1 << 3);
        assertThat(alerts.changesOf("UnknownSignalling")).containsExactly("UnknownSignalling fleet info");
        assertThat(alerts.last().annotations().get("summary")).contains("signal bit 3");
    }

    @Test
    void bitsThatMinersRollAreNotUnknown() {
        starts(1_000);
        blocks(1_001, 1_160, height -> NOTHING | 0x1fff_e000);
        assertThat(alerts.changesOf("UnknownSignalling")).isEmpty();
    }

    @Test
    void onlyVersionsWithTheTopBitsOfBip9Signal() {
        starts(1_000);
        blocks(1_001, 1_160, height -> 0x6000_0000 | 1 << 3);
        assertThat(alerts.changesOf("UnknownSignalling")).isEmpty();
    }

    @Test
    void theBitOfAKnownDeploymentIsNotUnknown() {
        starts(1_000);
        blocks(1_001, 1_160, height -> NOTHING | 1 << 4);
        assertThat(alerts.changesOf("UnknownSignalling")).isEmpty();
    }

    @Test
    void warnsOfAMandatoryHeightWithin2016BlocksAndTellsTheShare() {
        starts(MANDATORY - PERIOD - 60);
        blocks(MANDATORY - PERIOD - 59, MANDATORY - PERIOD, height -> NOTHING);
        assertThat(alerts.changesOf("MandatorySignalling")).isEmpty();
        blocks(MANDATORY - PERIOD, MANDATORY - PERIOD + 40, height -> height % 4 == 0 ? NOTHING | 1 << 4 : NOTHING);
        assertThat(alerts.changesOf("MandatorySignalling")).containsExactly("MandatorySignalling fleet warn");
        node.waits(Duration.ofMinutes(2));
        assertThat(alerts.last().annotations().get("description")).contains("10 of 40 known blocks signal, and at most 1986 of 2016 can");
        assertThat(alerts.measured("blocks-left")).isEqualTo(PERIOD - 39);
    }
}
