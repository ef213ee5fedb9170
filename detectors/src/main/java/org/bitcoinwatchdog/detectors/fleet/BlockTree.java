package org.bitcoinwatchdog.detectors.fleet;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.ChainBlock;

/**
 * The newest blocks of a network's nodes, each with its parent. A block commits to all its ancestors. So nodes that
 * share a block share everything below it, whatever was lost or was connected before they were watched.
 */
public final class BlockTree implements Stateful {
    private static final int BLOCKS = 512;

    /** How well a block's parent is known. */
    private enum Parentage { NOT, ASSUMED, DISPUTED, FROM_HEADER }

    private static final Parentage[] PARENTAGES = Parentage.values();

    private static final class TreeBlock {
        private final int height;
        private BlockHash parent;
        private Parentage parentage = Parentage.NOT;

        private TreeBlock(int height) {
            this.height = height;
        }

        /** If an event was lost, two nodes may assume different parents. Then only a header counts. */
        private boolean parent(BlockHash hash, boolean fromHeader) {
            if (parentage == Parentage.FROM_HEADER || !fromHeader && (parentage == Parentage.DISPUTED || hash.equals(parent))) {
                return false;
            }
            boolean disputed = !fromHeader && parentage == Parentage.ASSUMED;
            parent = disputed ? null : hash;
            parentage = fromHeader ? Parentage.FROM_HEADER : disputed ? Parentage.DISPUTED : Parentage.ASSUMED;
            return true;
        }
    }

    /**
     * Where two chains part.
     *
     * @param height height of the lowest blocks that are known to differ
     */
    public record Parting(int height, BlockHash left, BlockHash right) {
    }

    private final Map<BlockHash, TreeBlock> blocks = new LinkedHashMap<>();
    /** Whether any height has two blocks; null if not computed yet. */
    private Boolean forked;

    /** @return whether anything changed */
    boolean take(FleetNode node) {
        boolean changed = node.chain().isEmpty() && add(node.hash(), node.height());
        int height = node.height();
        BlockHash above = null;
        boolean fromHeader = false;
        for (ChainBlock each : node.chain()) {
            BlockHash hash = new BlockHash(each.getHash());
            changed |= add(hash, height--);
            changed |= above != null && blocks.containsKey(above) && blocks.get(above).parent(hash, fromHeader);
            above = hash;
            fromHeader = each.getParentFromHeader();
        }
        return changed;
    }

    private boolean add(BlockHash hash, int height) {
        if (blocks.containsKey(hash)) {
            return false;
        }
        blocks.put(hash, new TreeBlock(height));
        if (blocks.size() > BLOCKS) {
            blocks.remove(blocks.keySet().iterator().next());
        }
        forked = null;
        return true;
    }

    /** Whether any height has two blocks. Otherwise no chains part. */
    public boolean forked() {
        if (forked == null) {
            Set<Integer> heights = new HashSet<>();
            forked = !blocks.values().stream().allMatch(block -> heights.add(block.height));
        }
        return forked;
    }

    /** The block itself, or its ancestor, at a height; empty if it is not known. */
    public Optional<BlockHash> at(int height, BlockHash tip) {
        BlockHash hash = tip;
        TreeBlock block = blocks.get(hash);
        while (block != null && block.height > height && block.parent != null) {
            hash = block.parent;
            block = blocks.get(hash);
        }
        return block != null && block.height == height ? Optional.of(hash) : Optional.empty();
    }

    public Optional<Integer> heightOf(BlockHash hash) {
        return Optional.ofNullable(blocks.get(hash)).map(block -> block.height);
    }

    /** Whether both are known to be of one chain: one is the other, or its ancestor. */
    public boolean oneChain(BlockHash tip, BlockHash other) {
        if (tip.equals(other)) {
            return true;
        }
        Optional<Integer> height = heightOf(tip).flatMap(own -> heightOf(other).map(its -> Math.min(own, its)));
        return height.isPresent() && at(height.get(), tip).isPresent() && at(height.get(), tip).equals(at(height.get(), other));
    }

    /** Where the chains of two tips part; empty if they don't, or if it is not known. */
    public Optional<Parting> parting(BlockHash tip, BlockHash other) {
        Optional<Integer> lower = heightOf(tip).flatMap(own -> heightOf(other).map(its -> Math.min(own, its)));
        BlockHash left = lower.flatMap(height -> at(height, tip)).orElse(null);
        BlockHash right = lower.flatMap(height -> at(height, other)).orElse(null);
        if (left == null || right == null || left.equals(right)) {
            return Optional.empty();
        }
        int height = lower.get();
        while (true) {
            BlockHash below = blocks.get(left).parent;
            BlockHash belowOther = blocks.get(right).parent;
            boolean known = below != null && belowOther != null && blocks.containsKey(below) && blocks.containsKey(belowOther);
            if (!known || below.equals(belowOther)) {
                return Optional.of(new Parting(height, left, right));
            }
            left = below;
            right = belowOther;
            height--;
        }
    }

    @Override
    public String section() {
        return "block-tree";
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).each(blocks.entrySet(), (entry, to) -> {
            TreeBlock block = entry.getValue();
            to.bytes(entry.getKey().wire()).number(block.height).number(block.parentage.ordinal());
            if (block.parent != null) {
                to.bytes(block.parent.wire());
            }
        });
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        in.each(from -> {
            BlockHash hash = new BlockHash(from.byteString());
            TreeBlock block = new TreeBlock(from.integer());
            int known = from.integer();
            block.parentage = known < 0 || known >= PARENTAGES.length ? Parentage.NOT : PARENTAGES[known];
            if (block.parentage == Parentage.ASSUMED || block.parentage == Parentage.FROM_HEADER) {
                block.parent = new BlockHash(from.byteString());
            }
            blocks.put(hash, block);
        });
    }
}
