package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Block;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** Half of the fleet follows another chain with half of the hash rate, until the longer one wins. */
final class ChainSplitAttack implements Attack {
    private final TimeSpan span;
    private final long[] firstUs = {NOT_YET, NOT_YET};

    ChainSplitAttack(TimeSpan span) {
        this.span = span;
    }

    /** When both sides have a block of their own. */
    @Override
    public long visibleSinceUs() {
        return Math.max(firstUs[0], firstUs[1]);
    }

    @Override
    public boolean splits(long atUs) {
        return span.contains(atUs);
    }

    @Override
    public int side(NodeTraffic node) {
        return node.index() % 2;
    }

    @Override
    public long headerReaches(NodeTraffic node, Block block, long atUs) {
        if (block.branch() != Block.COMMON) {
            firstUs[block.branch()] = Math.min(firstUs[block.branch()], block.atUs());
        }
        return 0;
    }
}
