package org.bitcoinwatchdog.detectors.blocks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.node.OwnChain.ChainLink;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.BlockHeader;

/**
 * Blocks off a node's chain whose ancestors are known: headers that peers announced, and blocks that the node replaced.
 * Few and bounded: each costs its sender the work of a block.
 */
final class BranchHeaders {
    private static final int CHAIN = 288;
    private static final int OFF_CHAIN = 128;
    private static final int ANNOUNCERS = 8;
    private static final int RETARGET_BLOCKS = 2_016;
    /** A retarget makes blocks at most four times as easy or as hard (CalculateNextWorkRequired, pow.cpp). */
    private static final int RETARGET_FACTOR = 4;

    /** A block that is not on the chain. */
    static final class OffChain {
        private final BlockHash hash;
        private final BlockHash parent;
        private final int height;
        private final long atNs;
        /**
         * Whether the node had it on its chain before. Such a block is the ancestor of a branch, not a branch itself.
         */
        private final boolean replaced;
        private final Set<String> announcers = new LinkedHashSet<>();

        private OffChain(BlockHash hash, BlockHash parent, int height, long atNs, boolean replaced) {
            this.hash = hash;
            this.parent = parent;
            this.height = height;
            this.atNs = atNs;
            this.replaced = replaced;
        }
    }

    /**
     * A branch, from the block after the fork to its newest.
     *
     * @param height      height of its newest block
     * @param beganAtNs   when its first block was heard of
     * @param extendedAtNs when its newest block was heard of
     */
    record Branch(int length, int height, BlockHash first, BlockHash newest, long beganAtNs, long extendedAtNs, Set<String> announcers) {
        int forkHeight() {
            return height - length;
        }
    }

    private final TreeMap<Integer, BlockHash> chain = new TreeMap<>();
    private final Map<BlockHash, OffChain> offChain = new LinkedHashMap<>();
    private final Map<BlockHash, Integer> heights = new LinkedHashMap<>();
    /** Of the last connected block whose header was heard; 0 before. */
    private int chainBits;
    private final Map<BlockHash, Integer> bits = new LinkedHashMap<>();

    /** @return whether anything changed */
    boolean announced(BlockHeader header, String announcer, long nowNs) {
        BlockHash hash = new BlockHash(header.getHash());
        OffChain known = offChain.get(hash);
        if (known != null) {
            return known.announcers.size() < ANNOUNCERS && known.announcers.add(announcer);
        }
        BlockHash parent = new BlockHash(header.getPreviousHash());
        Integer below = heightOf(parent);
        if (below == null || heights.containsKey(hash) || !workIsPlausible(header.getBits(), below + 1)) {
            return false;
        }
        OffChain added = new OffChain(hash, parent, below + 1, nowNs, false);
        added.announcers.add(announcer);
        bits.put(hash, header.getBits());
        add(added);
        return true;
    }

    /** Until the chain's target is known, any target may be right. Within a period, only the chain's own is. */
    private boolean workIsPlausible(int target, int height) {
        boolean samePeriod = !chain.isEmpty() && height / RETARGET_BLOCKS == chain.lastKey() / RETARGET_BLOCKS;
        return chainBits == 0 || (samePeriod ? target == chainBits
                : !CompactTarget.easier(target, chainBits, RETARGET_FACTOR) && !CompactTarget.easier(chainBits, target, RETARGET_FACTOR));
    }

    private void add(OffChain block) {
        offChain.put(block.hash, block);
        if (offChain.size() > OFF_CHAIN) {
            BlockHash oldest = offChain.keySet().iterator().next();
            offChain.remove(oldest);
            bits.remove(oldest);
        }
    }

    private Integer heightOf(BlockHash hash) {
        OffChain block = offChain.get(hash);
        return block != null ? Integer.valueOf(block.height) : heights.get(hash);
    }

    /** Takes the node's chain after a block. Blocks that it replaced are a branch from now on. */
    void connected(List<ChainLink> links, long nowNs) {
        for (int i = links.size() - 1; i >= 0; i--) {
            ChainLink link = links.get(i);
            BlockHash before = chain.get(link.height());
            if (before != null && !before.equals(link.hash())) {
                leave(link.height(), nowNs);
            }
            chain.put(link.height(), link.hash());
            heights.put(link.hash(), link.height());
            offChain.remove(link.hash());
            Integer target = bits.remove(link.hash());
            if (target != null) {
                chainBits = target;
                offChain.values().removeIf(each -> bits.containsKey(each.hash) && !workIsPlausible(bits.get(each.hash), each.height));
                bits.keySet().retainAll(offChain.keySet());
            }
        }
        if (!links.isEmpty() && chain.lastKey() > links.get(0).height()) {
            leave(links.get(0).height() + 1, nowNs);
        }
        while (chain.size() > CHAIN) {
            heights.remove(chain.pollFirstEntry().getValue());
        }
    }

    private void leave(int height, long nowNs) {
        Map<Integer, BlockHash> replaced = chain.tailMap(height, true);
        replaced.forEach((at, hash) -> {
            heights.remove(hash);
            BlockHash parent = at == height ? chain.get(at - 1) : replaced.get(at - 1);
            if (parent != null) {
                add(new OffChain(hash, parent, at, nowNs, true));
            }
        });
        replaced.clear();
    }

    int tipHeight() {
        return chain.isEmpty() ? -1 : chain.lastKey();
    }

    /** The longest branch below the tip. It has only blocks known by one time, and was extended since another. */
    Optional<Branch> longest(long untilNs, long extendedSinceNs) {
        return branches(untilNs).stream().filter(branch -> branch.extendedAtNs >= extendedSinceNs && branch.forkHeight() < tipHeight())
                .max((one, other) -> one.length != other.length ? Integer.compare(one.length, other.length)
                        : Long.compare(one.extendedAtNs, other.extendedAtNs));
    }

    private List<Branch> branches(long untilNs) {
        List<Branch> branches = new ArrayList<>();
        for (OffChain newest : offChain.values()) {
            if (newest.atNs <= untilNs && !newest.replaced) {
                branches.add(branch(newest));
            }
        }
        return branches;
    }

    private Branch branch(OffChain newest) {
        Set<String> announcers = new LinkedHashSet<>(newest.announcers);
        OffChain first = newest;
        while (offChain.containsKey(first.parent)) {
            first = offChain.get(first.parent);
            announcers.addAll(first.announcers);
        }
        return new Branch(newest.height - first.height + 1, newest.height, first.hash, newest.hash, first.atNs, newest.atNs, announcers);
    }

    void save(StateWriter out) {
        out.number(chainBits);
        out.each(chain.entrySet(), (entry, to) -> to.number(entry.getKey()).bytes(entry.getValue().wire()));
        out.each(offChain.values(), (each, to) -> to.bytes(each.hash.wire()).bytes(each.parent.wire()).number(each.height)
                .number(each.atNs).flag(each.replaced).number(bits.getOrDefault(each.hash, 0))
                .each(each.announcers, (peer, peers) -> peers.text(peer)));
    }

    void restore(StateReader in) {
        chainBits = in.integer();
        in.each(from -> chain.put(from.integer(), new BlockHash(from.byteString())));
        chain.forEach((height, hash) -> heights.put(hash, height));
        in.each(from -> {
            OffChain block = new OffChain(new BlockHash(from.byteString()), new BlockHash(from.byteString()),
                    from.integer(), from.number(), from.flag());
            int target = from.integer();
            if (target != 0) {
                bits.put(block.hash, target);
            }
            from.each(each -> block.announcers.add(each.text()));
            offChain.put(block.hash, block);
        });
    }
}
