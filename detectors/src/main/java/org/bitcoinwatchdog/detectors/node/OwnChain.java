package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/**
 * The newest blocks of a node's chain, by height. A block commits to its parent. So a header shows the parent of a
 * connected block, even if the event of the parent was lost. Without a header, the block below is the parent, unless
 * events were lost in between.
 */
public final class OwnChain {
    private static final int HEIGHTS = 64;
    private static final int PARENTS = 128;
    /** Within this time a lower block is an event out of order, not a reorganization to a shorter chain. */
    private static final long OUT_OF_ORDER_NS = Duration.ofSeconds(1).toNanos();

    /**
     * A block of the chain.
     *
     * @param parentFromHeader whether a header names its parent
     */
    public record ChainLink(int height, BlockHash hash, boolean parentFromHeader) {
    }

    /** @param follows whether no event can have been lost since the block below was connected */
    private record OwnBlock(BlockHash hash, long atNs, boolean follows) {
    }

    private final TreeMap<Integer, OwnBlock> blocks = new TreeMap<>();
    /** Each block's parent by its header. A header commits to its parent, so it is true whichever peer sent it. */
    private final Map<BlockHash, BlockHash> parents = new LinkedHashMap<>();

    /** @return whether anything changed */
    boolean announced(BlockHash hash, BlockHash previous) {
        boolean news = parents.putIfAbsent(hash, previous) == null;
        if (parents.size() > PARENTS) {
            parents.remove(parents.keySet().iterator().next());
        }
        return news;
    }

    /**
     * @param knownSinceNs since when no connected block can have been missed
     * @return whether it is the tip now; false if it belongs below the tip
     */
    boolean connected(BlockHash hash, int height, long nowNs, long knownSinceNs) {
        boolean below = belongsBelowTip(hash, height, nowNs);
        if (!below) {
            blocks.tailMap(height, false).clear();
        }
        OwnBlock parent = blocks.get(height - 1);
        blocks.put(height, new OwnBlock(hash, nowNs, parent != null && parent.atNs >= knownSinceNs));
        if (blocks.size() > HEIGHTS) {
            blocks.pollFirstEntry();
        }
        return !below;
    }

    private boolean belongsBelowTip(BlockHash hash, int height, long nowNs) {
        if (blocks.isEmpty() || height >= blocks.lastKey() || nowNs - blocks.lastEntry().getValue().atNs >= OUT_OF_ORDER_NS) {
            return false;
        }
        OwnBlock above = blocks.get(height + 1);
        BlockHash parent = above == null ? null : parents.get(above.hash);
        return parent == null || parent.equals(hash);
    }

    /** Empty if the block is not among the newest blocks of the chain. */
    public OptionalInt heightOf(BlockHash hash) {
        for (Map.Entry<Integer, OwnBlock> block : blocks.descendingMap().entrySet()) {
            if (block.getValue().hash.equals(hash)) {
                return OptionalInt.of(block.getKey());
            }
        }
        return OptionalInt.empty();
    }

    /** Whether the node is known to hold another block at that height. */
    boolean holdsOther(int height, BlockHash hash) {
        OwnBlock own = blocks.get(height);
        return own != null && !own.hash.equals(hash);
    }

    /** The tip first, then each block's parent, as far as it is known. */
    public List<ChainLink> down(int count) {
        List<ChainLink> links = new ArrayList<>();
        int height = blocks.isEmpty() ? -1 : blocks.lastKey();
        BlockHash at = height < 0 ? null : blocks.get(height).hash;
        while (at != null && links.size() < count) {
            BlockHash announced = parents.get(at);
            links.add(new ChainLink(height, at, announced != null));
            at = height == 0 ? null : announced != null ? announced : assumedParent(at, height);
            height--;
        }
        return links;
    }

    private BlockHash assumedParent(BlockHash hash, int height) {
        OwnBlock block = blocks.get(height);
        OwnBlock below = blocks.get(height - 1);
        return block != null && below != null && block.follows && block.hash.equals(hash) ? below.hash : null;
    }

    void save(StateWriter out) {
        out.each(blocks.entrySet(), (entry, to) -> to.number(entry.getKey()).bytes(entry.getValue().hash.wire())
                .number(entry.getValue().atNs).flag(entry.getValue().follows));
        out.each(parents.entrySet(), (entry, to) -> to.bytes(entry.getKey().wire()).bytes(entry.getValue().wire()));
    }

    void restore(StateReader in) {
        in.each(from -> blocks.put(from.integer(), new OwnBlock(new BlockHash(from.byteString()), from.number(), from.flag())));
        in.each(from -> parents.put(new BlockHash(from.byteString()), new BlockHash(from.byteString())));
    }
}
