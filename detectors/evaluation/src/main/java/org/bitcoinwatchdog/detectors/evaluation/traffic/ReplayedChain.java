package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayList;
import java.util.List;

/** A chain whose blocks come when real ones came. */
final class ReplayedChain implements Chain {
    private final List<Long> arrivalsUs;
    private final Entropy entropy;
    private int next;
    private Block tip;

    ReplayedChain(List<Long> arrivalsUs, Entropy entropy) {
        this.arrivalsUs = arrivalsUs;
        this.entropy = entropy;
        tip = Block.of(700_000, Block.COMMON, arrivalsUs.get(0) - 60_000_000, entropy.hash(), entropy.hash());
    }

    @Override
    public List<Block> advance(long fromUs, long toUs) {
        List<Block> blocks = new ArrayList<>();
        while (next < arrivalsUs.size() && arrivalsUs.get(next) < toUs) {
            tip = Block.of(tip.height() + 1, Block.COMMON, Math.max(fromUs, arrivalsUs.get(next++)), entropy.hash(),
                    tip.hash());
            blocks.add(tip);
        }
        return blocks;
    }

    @Override
    public Block tip() {
        return tip;
    }
}
