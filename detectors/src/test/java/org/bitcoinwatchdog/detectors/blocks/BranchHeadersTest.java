package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.node.OwnChain.ChainLink;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.BranchAnnouncer;
import org.bitcoinwatchdog.events.ChainBranch;
import org.junit.jupiter.api.Test;

class BranchHeadersTest {
    private static final int BITS = 0x1702353d;
    private static final int EASIER = 0x1703353d;
    private static final int SIDE = 1_000_000;
    /** The last block of a retarget period. */
    private static final int BOUNDARY = 2 * 2_016 - 1;
    private static final BranchAnnouncer PEER = BranchAnnouncer.newBuilder().setAddress("203.0.113.7:8333").build();

    private BranchHeaders headers = new BranchHeaders();
    private long nowNs = 1_000_000_000L;

    private boolean announced(int block, int parent, int bits) {
        return headers.announced(BlockHeader.newBuilder().setHash(TestNode.hash(block)).setPreviousHash(TestNode.hash(parent))
                .setBits(bits).setProofOfWorkValid(true).build(), PEER, nowNs++);
    }

    private void connected(int height) {
        announced(height, height - 1, BITS);
        List<ChainLink> links = new ArrayList<>();
        for (int at = height; at > height - 3; at--) {
            links.add(new ChainLink(at, new BlockHash(TestNode.hash(at)), true));
        }
        headers.connected(links, nowNs++);
    }

    private ChainBranch branch() {
        List<ChainBranch> branches = headers.branches(nowNs, 0);
        assertThat(branches).hasSize(1);
        return branches.get(0);
    }

    @Test
    void aBranchKeepsItsForkWhenItsFirstBlocksAreForgotten() {
        connected(100);
        connected(101);
        connected(102);
        announced(101 + SIDE, 100, BITS);
        for (int height = 102; height <= 600; height++) {
            announced(height + SIDE, height - 1 + SIDE, BITS);
        }
        assertThat(branch().getForkHeight()).isEqualTo(100);
        assertThat(branch().getFirstHash()).isEqualTo(TestNode.hash(101 + SIDE));
        assertThat(branch().getLength()).isEqualTo(500);
        assertThat(branch().getWork() / branch().getOwnWork()).isBetween(249.9, 250.1);
    }

    @Test
    void aHeaderCountsOnlyWithItsParentsTargetOrWithinARetargetOfIt() {
        connected(BOUNDARY - 1);
        connected(BOUNDARY);
        assertThat(announced(BOUNDARY + SIDE, BOUNDARY - 1, EASIER)).isFalse();
        assertThat(announced(BOUNDARY + SIDE, BOUNDARY - 1, BITS)).isTrue();
        assertThat(announced(BOUNDARY + 1 + SIDE, BOUNDARY + SIDE, 0x1d00ffff)).isFalse();
        assertThat(announced(BOUNDARY + 1 + SIDE, BOUNDARY + SIDE, EASIER)).isTrue();
        assertThat(announced(BOUNDARY + 2 + SIDE, BOUNDARY + 1 + SIDE, BITS)).as("within the branch's own period").isFalse();
        assertThat(announced(BOUNDARY + 2 + SIDE, BOUNDARY + 1 + SIDE, EASIER)).isTrue();
    }

    @Test
    void lessLengthMayBeMoreWork() {
        connected(BOUNDARY - 1);
        connected(BOUNDARY);
        announced(BOUNDARY + 1 + SIDE, BOUNDARY, EASIER);
        for (int height = BOUNDARY + 1; height <= BOUNDARY + 2; height++) {
            connected(height);
        }
        assertThat(headers.branches(nowNs, 0)).as("siblings have one target").isEmpty();
        announced(BOUNDARY + 1 + SIDE, BOUNDARY, BITS);
        assertThat(branch().getWork()).isEqualTo(branch().getOwnWork() / 2);
    }

    @Test
    void whatIsRestoredIsWhatWasSaved() {
        connected(100);
        connected(101);
        announced(101 + SIDE, 100, BITS);
        announced(102 + SIDE, 101 + SIDE, BITS);
        ChainBranch before = branch();
        StateWriter out = new StateWriter();
        headers.save(out);
        headers = new BranchHeaders();
        headers.restore(new StateReader(out.toBytes()));
        assertThat(branch()).isEqualTo(before);
    }

    @Test
    void theFirstFormIsReadOnceMore() {
        StateWriter out = new StateWriter().number(BITS);
        out.each(List.of(100, 101), (height, to) -> to.number(height).bytes(TestNode.hash(height)));
        out.each(List.of(101, 102), (height, to) -> to.bytes(TestNode.hash(height + SIDE))
                .bytes(height == 101 ? TestNode.hash(100) : TestNode.hash(101 + SIDE)).number(height).number(nowNs++).flag(false).number(BITS)
                .each(List.of("203.0.113.7:8333"), (peer, peers) -> peers.text(peer)));
        headers.restoreFirstForm(new StateReader(out.toBytes()));
        assertThat(branch().getLength()).isEqualTo(2);
        assertThat(branch().getOwnFirstHash()).isEqualTo(TestNode.hash(101));
        assertThat(branch().getAnnouncers(0).getAddress()).isEqualTo("203.0.113.7:8333");
    }
}
