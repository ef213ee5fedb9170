package org.bitcoinwatchdog.detectors.node;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitcoinwatchdog.detectors.node.OwnChain.ChainLink;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.ChainBranch;

/** Which {@linkplain KnownBranch known branches} the node's chain is on. */
public final class ChainSides {
    private static final int CHAIN = 64;

    private final Map<BlockHash, KnownBranch> known = new LinkedHashMap<>();
    /** Those of the known blocks that the chain has. They stay when the chain has grown far above them. */
    private final Set<BlockHash> on = new LinkedHashSet<>();

    ChainSides(List<KnownBranch> branches) {
        branches.forEach(branch -> known.put(branch.block(), branch));
    }

    /** In the order of the configuration. */
    public List<String> labels() {
        if (on.isEmpty()) {
            return List.of();
        }
        return known.entrySet().stream().filter(entry -> on.contains(entry.getKey())).map(entry -> entry.getValue().label()).distinct().toList();
    }

    /** Label of the known branch with which one side of a fork began; empty if the fork is new. */
    public String labelOf(ChainBranch branch) {
        for (BlockHash first : List.of(new BlockHash(branch.getFirstHash()), new BlockHash(branch.getOwnFirstHash()))) {
            if (known.containsKey(first)) {
                return known.get(first).label();
            }
        }
        return "";
    }

    /**
     * Whether a branch of headers is the other side of a known split.
     *
     * @param first  its first block that the node's chain does not have
     * @param height of that block
     */
    public boolean splitFrom(BlockHash first, int height) {
        return known.containsKey(first) && !on.contains(first)
                || on.stream().anyMatch(own -> known.get(own).height() == height && !own.equals(first));
    }

    /** @return whether anything changed */
    boolean take(OwnChain chain) {
        List<ChainLink> links = known.isEmpty() ? List.of() : chain.down(CHAIN);
        if (links.isEmpty()) {
            return false;
        }
        Set<BlockHash> before = Set.copyOf(on);
        int lowest = links.get(links.size() - 1).height();
        known.forEach((block, branch) -> {
            if (links.stream().anyMatch(link -> link.hash().equals(block))) {
                on.add(block);
            } else if (branch.height() >= lowest) {
                on.remove(block);
            }
        });
        return !before.equals(on);
    }

    void save(StateWriter out) {
        out.each(on, (hash, to) -> to.bytes(hash.wire()));
    }

    void restore(StateReader in) {
        in.each(from -> on.add(new BlockHash(from.byteString())));
        on.retainAll(known.keySet());
    }
}
