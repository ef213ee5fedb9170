package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.events.BranchAnnouncer;
import org.bitcoinwatchdog.events.BranchSignal;
import org.bitcoinwatchdog.events.ChainBranch;

/** Sums up a branch: its blocks and the node's own since the fork. */
final class BranchSummary {
    private static final int ANNOUNCERS = 16;
    private static final long NS_PER_S = 1_000_000_000L;
    /** A block is later than the median of the eleven before it, so its header is hardly older than this before the fork. */
    private static final long OLDEST_NS = Duration.ofHours(2).toNanos();
    /** BIP 9: the three highest bits of a version that signals are 001. */
    private static final int SIGNALS = 0b001;
    private static final int TOP_SHIFT = 29;
    /** From bit 13 on, miners roll bits (BIP 320). */
    private static final int BITS = 13;

    private BranchSummary() {
    }

    static ChainBranch of(BranchBlock newest, Map<BlockHash, BranchBlock> offChain, NavigableMap<Integer, BranchBlock> chain) {
        BranchBlock.ForkPoint fork = newest.fork;
        List<BranchBlock> blocks = new ArrayList<>();
        Set<BranchAnnouncer> announcers = new LinkedHashSet<>();
        for (BranchBlock block = newest; block != null && block.height > fork.height; block = offChain.get(block.parent)) {
            blocks.add(0, block);
        }
        blocks.forEach(block -> announcers.addAll(block.announcers));
        List<BranchBlock> own = List.copyOf(chain.tailMap(fork.height, false).values());
        int ownLength = chain.lastKey() - fork.height;
        double ofUnknown = CompactTarget.work(fork.firstBits);
        double ownWork = own.stream().mapToDouble(block -> block.bits == 0 ? ofUnknown : CompactTarget.work(block.bits)).sum()
                + (ownLength - own.size()) * ofUnknown;
        return ChainBranch.newBuilder()
                .setForkHash(fork.hash.wire()).setForkHeight(fork.height)
                .setFirstHash(fork.first.wire()).setTipHash(newest.hash.wire())
                .setLength(newest.height - fork.height).setWork(newest.work)
                .setOwnFirstHash(fork.ownFirst.wire()).setOwnLength(ownLength).setOwnWork(ownWork)
                .setSinceNs(fork.sinceNs).setExtendedAtNs(newest.atNs).setMadeAtNs(madeAtNs(newest))
                .addAllSignals(signals(blocks, own))
                .addAllAnnouncers(announcers.stream().limit(ANNOUNCERS).toList())
                .build();
    }

    /** An old block may be announced late. A header whose time can't be true counts from when it was heard of. */
    private static long madeAtNs(BranchBlock block) {
        long byHeader = block.madeAtS * NS_PER_S;
        return byHeader < block.fork.sinceNs - OLDEST_NS ? block.atNs : Math.min(byHeader, block.atNs);
    }

    private static List<BranchSignal> signals(List<BranchBlock> branch, List<BranchBlock> own) {
        List<BranchSignal> signals = new ArrayList<>();
        for (int bit = 0; bit < BITS; bit++) {
            int set = count(branch, bit);
            int ownSet = count(own, bit);
            if (set + ownSet > 0) {
                signals.add(BranchSignal.newBuilder().setBit(bit).setBlocks(set).setOwnBlocks(ownSet).build());
            }
        }
        return signals;
    }

    private static int count(List<BranchBlock> blocks, int bit) {
        return (int) blocks.stream().filter(block -> block.version >>> TOP_SHIFT == SIGNALS && (block.version >>> bit & 1) == 1).count();
    }
}
