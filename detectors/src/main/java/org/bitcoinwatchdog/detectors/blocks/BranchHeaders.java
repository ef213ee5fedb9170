package org.bitcoinwatchdog.detectors.blocks;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.blocks.BranchBlock.ForkPoint;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.node.OwnChain.ChainLink;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.BranchAnnouncer;
import org.bitcoinwatchdog.events.ChainBranch;

/**
 * Blocks off a node's chain whose ancestors are known: headers that peers announced, and blocks that the node replaced.
 * Few and bounded: each costs its sender the work of a block.
 */
final class BranchHeaders {
    private static final int CHAIN = 288;
    private static final int OFF_CHAIN = 160;
    private static final int RETARGET_BLOCKS = 2_016;
    /** A retarget makes blocks at most four times as easy or as hard (CalculateNextWorkRequired, pow.cpp). */
    private static final int RETARGET_FACTOR = 4;

    private final TreeMap<Integer, BranchBlock> chain = new TreeMap<>();
    private final Map<BlockHash, Integer> heights = new LinkedHashMap<>();
    private final Map<BlockHash, BranchBlock> offChain = new LinkedHashMap<>();
    /** Of the last connected block whose header was heard; 0 before. */
    private int chainBits;

    /** @return whether anything changed */
    boolean announced(BlockHeader header, BranchAnnouncer announcer, long nowNs) {
        BlockHash hash = new BlockHash(header.getHash());
        BranchBlock known = offChain.get(hash);
        if (known != null) {
            return known.announcedBy(announcer);
        }
        BranchBlock parent = find(new BlockHash(header.getPreviousHash()));
        if (parent == null || heights.containsKey(hash)) {
            return false;
        }
        BranchBlock added = BranchBlock.of(header, parent.height + 1, nowNs);
        if (!workIsPlausible(added, parent)) {
            return false;
        }
        added.announcedBy(announcer);
        add(added);
        refork(added);
        return true;
    }

    private BranchBlock find(BlockHash hash) {
        BranchBlock block = offChain.get(hash);
        Integer height = block == null ? heights.get(hash) : null;
        return height == null ? block : chain.get(height);
    }

    /**
     * Within a period, a block has its parent's target. Siblings have the same target. Otherwise a retarget limits it. Until a
     * target of the chain is known, any target may be right.
     */
    private boolean workIsPlausible(BranchBlock block, BranchBlock parent) {
        BranchBlock beside = chain.get(block.height);
        if (beside != null && beside.bits != 0 && beside.parent.equals(block.parent)) {
            return block.bits == beside.bits;
        }
        boolean ofParent = parent != null && parent.bits != 0;
        int before = ofParent ? parent.bits : chainBits;
        boolean samePeriod = ofParent ? block.height % RETARGET_BLOCKS != 0
                : !chain.isEmpty() && block.height / RETARGET_BLOCKS == chain.lastKey() / RETARGET_BLOCKS;
        return before == 0 || (samePeriod ? block.bits == before
                : !CompactTarget.easier(block.bits, before, RETARGET_FACTOR) && !CompactTarget.easier(before, block.bits, RETARGET_FACTOR));
    }

    private void add(BranchBlock block) {
        offChain.put(block.hash, block);
        if (offChain.size() > OFF_CHAIN) {
            offChain.remove(offChain.keySet().iterator().next());
        }
    }

    /** Takes the node's chain after a block. What it replaced is a branch from now on. */
    void connected(List<ChainLink> links, long nowNs) {
        for (int i = links.size() - 1; i >= 0; i--) {
            ChainLink link = links.get(i);
            BranchBlock before = chain.get(link.height());
            if (before != null && before.hash.equals(link.hash())) {
                continue;
            }
            if (before != null) {
                leave(link.height());
            }
            connected(link, i + 1 < links.size() ? links.get(i + 1).hash() : BranchBlock.UNKNOWN, nowNs);
        }
        if (!links.isEmpty() && chain.lastKey() > links.get(0).height()) {
            leave(links.get(0).height() + 1);
        }
        while (chain.size() > CHAIN) {
            heights.remove(chain.pollFirstEntry().getValue().hash);
        }
        offChain.values().removeIf(each -> each.bits != 0 && !workIsPlausible(each, find(each.parent)));
        offChain.values().stream().sorted(Comparator.comparingInt(each -> each.height)).forEach(this::refork);
    }

    private void connected(ChainLink link, BlockHash parent, long nowNs) {
        BranchBlock announced = offChain.remove(link.hash());
        BranchBlock block = announced != null ? announced : new BranchBlock(link.hash(), parent, link.height(), nowNs);
        block.fork = null;
        block.replaced = false;
        block.announcers.clear();
        chain.put(link.height(), block);
        heights.put(link.hash(), link.height());
        chainBits = block.bits != 0 ? block.bits : chainBits;
    }

    private void leave(int height) {
        Map<Integer, BranchBlock> left = chain.tailMap(height, true);
        left.values().forEach(block -> {
            heights.remove(block.hash);
            if (!block.parent.equals(BranchBlock.UNKNOWN)) {
                block.replaced = true;
                add(block);
            }
        });
        left.clear();
    }

    /** Works out again where a block's branch begins. Its ancestors must be worked out before it. */
    private void refork(BranchBlock block) {
        BranchBlock parent = find(block.parent);
        if (heights.containsKey(block.parent)) {
            boolean same = block.fork != null && block.fork.hash.equals(block.parent);
            block.fork = same ? block.fork : new ForkPoint(parent.height, parent.hash, block);
            block.work = work(block.bits, block.bits);
        } else if (parent != null && parent.fork != null) {
            block.fork = parent.fork;
            block.work = parent.work + work(block.bits, block.fork.firstBits);
        }
        BranchBlock beside = block.fork == null ? null : chain.get(block.fork.height + 1);
        if (beside != null && !beside.hash.equals(block.fork.ownFirst)) {
            block.fork.beside(beside);
        }
    }

    private static double work(int bits, int otherwise) {
        return CompactTarget.work(bits == 0 ? otherwise : bits);
    }

    int tipHeight() {
        return chain.isEmpty() ? -1 : chain.lastKey();
    }

    /** Branches that begin below the tip, of blocks that were heard of until a time, and extended since another; the one with most work first. */
    List<ChainBranch> branches(long untilNs, long extendedSinceNs) {
        if (offChain.isEmpty()) {
            return List.of();
        }
        List<BranchBlock> known = offChain.values().stream()
                .filter(each -> each.atNs <= untilNs && each.fork != null && each.fork.height < tipHeight()).toList();
        return known.stream().filter(each -> !each.replaced && each.atNs >= extendedSinceNs)
                .filter(each -> known.stream().noneMatch(other -> other.parent.equals(each.hash)))
                .map(each -> BranchSummary.of(each, offChain, chain))
                .sorted(Comparator.comparingDouble(ChainBranch::getWork).reversed()).toList();
    }

    void save(StateWriter out) {
        out.number(chainBits);
        out.each(chain.values(), (block, to) -> to.number(block.height).bytes(block.hash.wire()).number(block.atNs)
                .number(block.bits).number(block.version).number(block.madeAtS));
        out.each(offChain.values(), (block, to) -> block.save(to));
    }

    void restore(StateReader in) {
        chainBits = in.integer();
        in.each(from -> {
            BranchBlock block = ofChain(from.integer(), new BlockHash(from.byteString()), from.number());
            block.bits = from.integer();
            block.version = from.integer();
            block.madeAtS = from.number();
        });
        in.each(from -> {
            BranchBlock block = BranchBlock.restored(from);
            offChain.put(block.hash, block);
        });
        offChain.values().stream().sorted(Comparator.comparingInt(each -> each.height)).forEach(this::refork);
    }

    /** Its parent is the block below, which is restored before it. */
    private BranchBlock ofChain(int height, BlockHash hash, long atNs) {
        BranchBlock below = chain.get(height - 1);
        BranchBlock block = new BranchBlock(hash, below == null ? BranchBlock.UNKNOWN : below.hash, height, atNs);
        chain.put(height, block);
        heights.put(hash, height);
        return block;
    }

    /** The first form had no headers of the chain, and no forks. */
    void restoreFirstForm(StateReader in) {
        chainBits = in.integer();
        in.each(from -> {
            ofChain(from.integer(), new BlockHash(from.byteString()), Long.MAX_VALUE);
        });
        in.each(from -> {
            BranchBlock block = new BranchBlock(new BlockHash(from.byteString()), new BlockHash(from.byteString()), from.integer(), from.number());
            block.replaced = from.flag();
            block.bits = from.integer();
            from.each(each -> block.announcers.add(BranchAnnouncer.newBuilder().setAddress(each.text()).build()));
            offChain.put(block.hash, block);
        });
        offChain.values().stream().sorted(Comparator.comparingInt(each -> each.height)).forEach(this::refork);
    }
}
