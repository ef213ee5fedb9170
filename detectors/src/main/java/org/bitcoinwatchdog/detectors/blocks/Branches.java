package org.bitcoinwatchdog.detectors.blocks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/**
 * The hashes that a network's nodes connected at its last heights. Almost always there is one, so nodes are kept by
 * name only where they hold another than the first: with a thousand nodes that is still a few bytes a block.
 */
final class Branches {
    private static final int HEIGHTS = 64;

    /** What was connected at a height: the first block, and nodes that hold another, since when by their own clocks. */
    static final class Fork {
        private final BlockHash first;
        private final long firstAtNs;
        private final Map<String, Held> others = new TreeMap<>();

        private Fork(BlockHash first, long firstAtNs) {
            this.first = first;
            this.firstAtNs = firstAtNs;
        }

        Map<String, Held> others() {
            return others;
        }
    }

    record Held(BlockHash hash, long sinceNs) {
    }

    private final TreeMap<Integer, Fork> heights = new TreeMap<>();
    /** Up to which height it is not known what a node holds: it caught up, or blocks that it connected may have been missed. */
    private final Map<String, Integer> unknownTo = new TreeMap<>();
    private final Set<String> unknownNow = new TreeSet<>();
    /** Of {@link #forks}, which is asked for at each digest; null where it is to be worked out. */
    private List<Map.Entry<Integer, Fork>> forks;

    /** @return whether anything changed */
    boolean connected(FleetNode node) {
        if (heights.size() >= HEIGHTS && node.height() < heights.firstKey()) {
            return false;
        }
        boolean changed = false;
        Fork fork = heights.get(node.height());
        if (fork == null) {
            heights.put(node.height(), new Fork(node.hash(), node.connectedAtNs()));
            changed = true;
        } else if (fork.first.equals(node.hash())) {
            changed = fork.others.remove(node.name()) != null;
        } else if (!fork.others.containsKey(node.name()) || !fork.others.get(node.name()).hash().equals(node.hash())) {
            fork.others.put(node.name(), new Held(node.hash(), node.connectedAtNs()));
            changed = true;
        }
        if (heights.size() > HEIGHTS) {
            heights.pollFirstEntry();
        }
        if (changed) {
            forks = null;
        }
        return changed;
    }

    /**
     * What becomes unknown: up to its tip where it is not compared, or its tip is from before what is known of it; and what it connected
     * until it was compared again.
     *
     * @return whether anything changed
     */
    boolean follow(FleetNode node) {
        boolean unknown = !node.counts() || node.connectedAtNs() < node.blocksKnownSinceNs();
        if (unknown) {
            boolean began = unknownNow.add(node.name());
            return !Integer.valueOf(node.height()).equals(unknownTo.put(node.name(), node.height())) || began;
        }
        boolean ended = unknownNow.remove(node.name());
        if (ended) {
            unknownTo.merge(node.name(), node.height() - 1, Math::max);
        } else if (!heights.isEmpty() && unknownTo.getOrDefault(node.name(), Integer.MAX_VALUE) < heights.firstKey()) {
            unknownTo.remove(node.name());
            return true;
        }
        return ended;
    }

    /** A node that was taken for one of another chain: it may hold anything below its tip. */
    void joins(FleetNode node) {
        unknownTo.merge(node.name(), node.height() - 1, Math::max);
    }

    /** @return whether anything was known of the node */
    boolean forget(String node) {
        boolean held = false;
        for (Fork fork : heights.values()) {
            held |= fork.others.remove(node) != null;
        }
        forks = null;
        return unknownTo.remove(node) != null | unknownNow.remove(node) | held;
    }

    /** When a block above a height was connected first, empty where there is none yet. */
    OptionalLong extendedAtNs(int height) {
        Map.Entry<Integer, Fork> above = heights.higherEntry(height);
        return above == null ? OptionalLong.empty() : OptionalLong.of(above.getValue().firstAtNs);
    }

    /** The heights with more than one hash, the lowest first. */
    List<Map.Entry<Integer, Fork>> forks() {
        if (forks == null) {
            forks = heights.entrySet().stream().filter(height -> !height.getValue().others.isEmpty())
                    .map(height -> Map.entry(height.getKey(), height.getValue())).toList();
        }
        return forks;
    }

    /** Who holds which hash of a fork, of the nodes asked about. */
    Map<BlockHash, List<FleetNode>> holders(int height, Fork fork, List<FleetNode> nodes) {
        Map<BlockHash, List<FleetNode>> holders = new LinkedHashMap<>();
        for (FleetNode node : nodes) {
            if (node.height() >= height && unknownTo.getOrDefault(node.name(), -1) < height) {
                BlockHash held = Optional.ofNullable(fork.others.get(node.name())).map(Held::hash).orElse(fork.first);
                holders.computeIfAbsent(held, hash -> new ArrayList<>()).add(node);
            }
        }
        return holders;
    }

    void save(StateWriter out) {
        out.each(heights.entrySet(), (entry, to) -> to.number(entry.getKey()).bytes(entry.getValue().first.wire())
                .number(entry.getValue().firstAtNs)
                .each(entry.getValue().others.entrySet(), (other, each) -> each.text(other.getKey())
                        .bytes(other.getValue().hash().wire()).number(other.getValue().sinceNs())));
        out.each(unknownTo.entrySet(), (entry, to) -> to.text(entry.getKey()).number(entry.getValue())
                .flag(unknownNow.contains(entry.getKey())));
    }

    void restore(StateReader in, int version) {
        in.each(from -> {
            int height = from.integer();
            Fork fork = new Fork(new BlockHash(from.byteString()), from.number());
            heights.put(height, fork);
            from.each(each -> {
                String node = each.text();
                fork.others.put(node, new Held(new BlockHash(each.byteString()), each.number()));
            });
        });
        if (version >= 2) {
            in.each(from -> {
                String node = from.text();
                unknownTo.put(node, from.integer());
                if (from.flag()) {
                    unknownNow.add(node);
                }
            });
        }
    }
}
