package org.bitcoinwatchdog.detectors.blocks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.node.OwnChain.ChainLink;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/** The last blocks of a node's chain by height, and the blocks that a reorganization replaces. */
final class RecentBlocks {
    static final int HEIGHTS = 36;

    private final TreeMap<Integer, BlockHash> chain = new TreeMap<>();
    /** The branch that is being replaced, until the new one is longer. */
    private final TreeMap<Integer, BlockHash> old = new TreeMap<>();

    /**
     * Takes the node's chain after a block.
     *
     * @param links the tip first
     */
    void take(List<ChainLink> links) {
        if (links.isEmpty()) {
            return;
        }
        if (!old.isEmpty() && links.get(0).height() > old.lastKey()) {
            old.clear();
        }
        int differs = links.stream().filter(link -> chain.containsKey(link.height()) && !link.hash().equals(chain.get(link.height())))
                .mapToInt(ChainLink::height).min().orElse(Integer.MAX_VALUE);
        Map<Integer, BlockHash> replaced = chain.tailMap(differs, true);
        replaced.forEach(old::putIfAbsent);
        replaced.clear();
        links.forEach(link -> chain.put(link.height(), link.hash()));
        while (chain.size() > HEIGHTS) {
            chain.pollFirstEntry();
        }
    }

    /** The number of blocks of the old branch that the node no longer holds. */
    int replaced() {
        return (int) old.entrySet().stream().filter(block -> !block.getValue().equals(chain.get(block.getKey()))).count();
    }

    /** The lowest height that was replaced. There must be one. */
    int replacedFrom() {
        return old.firstKey();
    }

    BlockHash before(int height) {
        return old.get(height);
    }

    BlockHash now(int height) {
        return chain.get(height);
    }

    void save(StateWriter out) {
        out.each(chain.entrySet(), (entry, to) -> to.number(entry.getKey()).bytes(entry.getValue().wire()));
        out.each(old.entrySet(), (entry, to) -> to.number(entry.getKey()).bytes(entry.getValue().wire()));
    }

    void restore(StateReader in, int version) {
        in.each(from -> chain.put(from.integer(), new BlockHash(from.byteString())));
        if (version >= 2) {
            in.each(from -> old.put(from.integer(), new BlockHash(from.byteString())));
        }
    }
}
