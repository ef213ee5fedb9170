package org.bitcoinwatchdog.detectors.blocks;

import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/** The last blocks of a node's chain, by height. */
final class RecentBlocks {
    private static final int HEIGHTS = 36;

    private final TreeMap<Integer, BlockHash> chain = new TreeMap<>();

    /** How many blocks a block replaces; 0 where it extends the chain, or was connected there before. */
    int replacedBy(int height, BlockHash hash) {
        boolean above = chain.isEmpty() || height > chain.lastKey();
        return above || hash.equals(chain.get(height)) ? 0 : chain.lastKey() - height + 1;
    }

    Optional<BlockHash> at(int height) {
        return Optional.ofNullable(chain.get(height));
    }

    void connected(int height, BlockHash hash) {
        if (!hash.equals(chain.put(height, hash))) {
            chain.tailMap(height, false).clear();
        }
        while (chain.size() > HEIGHTS) {
            chain.pollFirstEntry();
        }
    }

    void save(StateWriter out) {
        out.each(chain.entrySet(), (entry, to) -> to.number(entry.getKey()).bytes(entry.getValue().wire()));
    }

    void restore(StateReader in) {
        in.each(from -> {
            int height = from.integer();
            chain.put(height, new BlockHash(from.byteString()));
        });
    }
}
