package org.bitcoinwatchdog.detectors.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.DeploymentSignal;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;

class VersionBitsTest {
    private static final Deployment DEPLOYMENT = new Deployment("soft", 1, 100, 144, 0, 0);
    private static final int SIGNAL = 0x2000_0002;
    private static final int PLAIN = 0x2000_0000;

    private final Chain chain = new Chain(CatchUp.defaults());
    private final Continuity continuity = new Continuity();
    private final VersionBits bits = new VersionBits(List.of(DEPLOYMENT));
    private long atNs = 1_000_000_000_000L;

    private void connects(int block, int height, int version) {
        BlockConnected.Builder connected = BlockConnected.newBuilder().setHash(TestNode.hash(block)).setHeight(height);
        if (version != 0) {
            connected.setHeader(BlockHeader.newBuilder().setHash(TestNode.hash(block)).setPreviousHash(ByteString.EMPTY).setVersion(version));
        }
        atNs += 2_000_000_000L;
        NodeEvent event = NodeEvent.newBuilder().setObservedAtNs(atNs).setBlockConnected(connected).build();
        continuity.take(event);
        chain.on(event, continuity);
        bits.on(event, chain);
    }

    private static DeploymentSignal now(VersionBits of) {
        return of.state().orElseThrow().getDeployments(0);
    }

    @Test
    void countsThePeriodAndWhatIsStillPossible() {
        for (int height = 288; height < 298; height++) {
            connects(height, height, height % 2 == 0 ? SIGNAL : PLAIN);
        }
        assertThat(now(bits).getPeriodStart()).isEqualTo(288);
        assertThat(now(bits).getSignallingBlocks()).isEqualTo(5);
        assertThat(now(bits).getKnownBlocks()).isEqualTo(10);
        assertThat(now(bits).getPossibleBlocks()).isEqualTo(144 - 5);
        connects(432, 432, PLAIN);
        assertThat(now(bits).getPeriodStart()).isEqualTo(432);
        assertThat(now(bits).getKnownBlocks()).isEqualTo(1);
    }

    @Test
    void aBlockWithoutAHeaderCountsNeitherWay() {
        connects(288, 288, SIGNAL);
        connects(289, 289, 0);
        assertThat(now(bits).getKnownBlocks()).isEqualTo(1);
        assertThat(now(bits).getPossibleBlocks()).isEqualTo(144);
    }

    @Test
    void aBlockThatTheNodeMinedIsKnownOnceItAnnouncesIt() {
        connects(288, 288, SIGNAL);
        connects(289, 289, 0);
        BlockHeader own = BlockHeader.newBuilder().setHash(TestNode.hash(289)).setVersion(SIGNAL).build();
        NodeEvent sent = NodeEvent.newBuilder().setOutboundMessage(Message.newBuilder().setType("cmpctblock")
                .setBlock(AnnouncedBlock.newBuilder().setHeader(own))).build();
        assertThat(bits.on(sent, chain)).isTrue();
        assertThat(now(bits).getSignallingBlocks()).isEqualTo(2);
        assertThat(bits.on(sent, chain)).as("once").isFalse();
    }

    @Test
    void aReorganizationReplacesTheVersions() {
        for (int height = 288; height < 293; height++) {
            connects(height, height, SIGNAL);
        }
        connects(1_290, 290, PLAIN);
        assertThat(now(bits).getSignallingBlocks()).isEqualTo(2);
        assertThat(now(bits).getKnownBlocks()).isEqualTo(3);
    }

    @Test
    void missedBlocksAreUnknown() {
        connects(288, 288, SIGNAL);
        connects(400, 400, SIGNAL);
        connects(50_000, 50_000, SIGNAL);
        assertThat(now(bits).getKnownBlocks()).isEqualTo(1);
        assertThat(now(bits).getPeriodStart()).isEqualTo(50_000 - 50_000 % 144);
    }

    @Test
    void isTheSameAfterARestart() {
        for (int height = 288; height < 320; height++) {
            connects(height, height, height % 3 == 0 ? SIGNAL : height % 3 == 1 ? PLAIN : 0);
        }
        StateWriter out = new StateWriter();
        bits.save(out);
        VersionBits restored = new VersionBits(List.of(DEPLOYMENT));
        restored.restore(new StateReader(out.toBytes()));
        assertThat(restored.state()).isEqualTo(bits.state()).isNotEqualTo(Optional.empty());
    }
}
