package org.bitcoinwatchdog.detectors.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;

/** Who connected a block at each of the last heights first. Blocks that were connected while catching up don't count. */
public final class FleetBlocks implements Stateful {
    /** Enough for the rules: they need two other nodes besides the judged one. */
    private static final int FIRST_NODES = 4;
    private static final int HEIGHTS = 64;

    /** @param atNs by the clock of that node */
    public record Connect(String node, long atNs) {
    }

    private final NavigableMap<Integer, List<Connect>> heights = new TreeMap<>();

    /** @return whether anything changed */
    boolean connected(FleetNode node, SharedChains chains) {
        boolean tooOld = heights.size() >= HEIGHTS && node.height() < heights.firstKey();
        if (tooOld) {
            return false;
        }
        boolean left = leavesAbove(node);
        List<Connect> connects = heights.computeIfAbsent(node.height(), height -> new ArrayList<>());
        if (connects.stream().anyMatch(connect -> connect.node().equals(node.name()))) {
            return left;
        }
        connects.add(new Connect(node.name(), node.connectedAtNs()));
        connects.sort(Comparator.comparingLong(Connect::atNs));
        List<Connect> ofChain = connects.stream().filter(connect -> chains.together(node.name(), connect.node())).toList();
        if (ofChain.size() > FIRST_NODES) {
            connects.remove(ofChain.get(FIRST_NODES));
        }
        if (heights.size() > HEIGHTS) {
            heights.pollFirstEntry();
        }
        return true;
    }

    /**
     * A node may change to a shorter chain with more work, on test networks for example. Then it lacks the blocks
     * above.
     */
    private boolean leavesAbove(FleetNode node) {
        boolean left = false;
        for (List<Connect> connects : heights.tailMap(node.height(), false).values()) {
            left |= connects.removeIf(connect -> connect.node().equals(node.name()));
        }
        heights.tailMap(node.height(), false).values().removeIf(List::isEmpty);
        return left;
    }

    /** @return whether the node was among them */
    boolean forget(String node) {
        boolean changed = false;
        for (List<Connect> connects : heights.values()) {
            changed |= connects.removeIf(connect -> connect.node().equals(node));
        }
        heights.values().removeIf(List::isEmpty);
        return changed;
    }

    /** The highest height that a node connected, or -1. */
    public int highest() {
        return heights.isEmpty() ? -1 : heights.lastKey();
    }

    /**
     * Who connected blocks above a height, by height.
     *
     * @param who     only these nodes count
     * @param sinceNs only blocks connected since then count
     */
    public NavigableMap<Integer, List<Connect>> above(int height, Predicate<Connect> who, long sinceNs) {
        NavigableMap<Integer, List<Connect>> above = new TreeMap<>();
        heights.tailMap(height, false).forEach((at, connects) -> {
            List<Connect> later = connects.stream().filter(who).filter(connect -> connect.atNs() >= sinceNs).toList();
            if (!later.isEmpty()) {
                above.put(at, later);
            }
        });
        return above;
    }

    @Override
    public String section() {
        return "blocks";
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).each(heights.entrySet(), (entry, to) -> to.number(entry.getKey())
                .each(entry.getValue(), (connect, each) -> each.text(connect.node()).number(connect.atNs())));
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        in.each(from -> {
            List<Connect> connects = new ArrayList<>();
            heights.put(from.integer(), connects);
            from.each(each -> connects.add(new Connect(each.text(), each.number())));
        });
    }
}
