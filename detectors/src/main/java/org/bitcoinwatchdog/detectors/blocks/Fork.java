package org.bitcoinwatchdog.detectors.blocks;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.detectors.fleet.BlockTree;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/**
 * Two branches that nodes of one network hold, and since when, by each node's own clock. A node stays on its branch
 * until one of its blocks shows that it left it. So events that were lost don't move a node.
 */
final class Fork {
    /** Depth below both tips at which a block of each branch is kept: the tree forgets older ones. */
    private static final int ROOT_DEPTH = 100;

    private static final Comparator<FleetNode> BY_HEIGHT = Comparator.comparingInt(FleetNode::height);

    /** Where a tip stands. */
    private enum Side { LEFT, RIGHT, NEITHER, UNKNOWN }

    private record Held(boolean left, long sinceNs) {
    }

    private final int height;
    /** Height of the known block of each branch; at first, the height of the fork. */
    private int rootHeight;
    private BlockHash left;
    private BlockHash right;
    /** When a branch got a second block, by the clock of the node that connected it; 0 before. */
    private long extendedAtNs;
    private final Map<String, Held> held = new TreeMap<>();

    private Fork(int height, int rootHeight, BlockHash left, BlockHash right) {
        this.height = height;
        this.rootHeight = rootHeight;
        this.left = left;
        this.right = right;
    }

    static Fork at(BlockTree.Parting parting) {
        return new Fork(parting.height(), parting.height(), parting.left(), parting.right());
    }

    int height() {
        return height;
    }

    boolean extended() {
        return extendedAtNs != 0;
    }

    private Side side(BlockHash tip, BlockTree tree) {
        Optional<Integer> tipHeight = tree.heightOf(tip);
        int lower = Math.min(rootHeight, tipHeight.orElse(rootHeight));
        Optional<BlockHash> own = tree.at(lower, tip);
        if (tipHeight.isEmpty() || own.isEmpty()) {
            return Side.UNKNOWN;
        }
        Optional<BlockHash> ofLeft = tree.at(lower, left);
        Optional<BlockHash> ofRight = tree.at(lower, right);
        if (own.equals(ofLeft)) {
            return own.equals(ofRight) ? Side.NEITHER : Side.LEFT;
        }
        return own.equals(ofRight) ? Side.RIGHT : ofLeft.isEmpty() || ofRight.isEmpty() ? Side.UNKNOWN : Side.NEITHER;
    }

    Optional<Boolean> heldBy(FleetNode node) {
        return Optional.ofNullable(held.get(node.name())).map(Held::left);
    }

    /** Whether the two nodes hold different branches. */
    boolean separates(FleetNode one, FleetNode other) {
        return heldBy(one).isPresent() && heldBy(other).isPresent() && !heldBy(one).equals(heldBy(other));
    }

    /** Drops nodes that can't be compared any more. */
    void retain(List<FleetNode> compared) {
        held.keySet().retainAll(compared.stream().map(FleetNode::name).collect(Collectors.toSet()));
    }

    /** Takes a node's present branch; its tip must be known. */
    void take(FleetNode node, BlockTree tree) {
        Side side = side(node.hash(), tree);
        Held before = held.get(node.name());
        if (side == Side.UNKNOWN || before != null && side == (before.left ? Side.LEFT : Side.RIGHT)) {
            return;
        }
        held.remove(node.name());
        if (node.counts() && side != Side.NEITHER) {
            held.put(node.name(), new Held(side == Side.LEFT, node.atNs()));
        }
    }

    /**
     * If tips of both sides are on one chain, one side moved and it is not known which. Neither branch counts as held
     * any more.
     */
    void join(List<FleetNode> known, BlockTree tree) {
        Map<BlockHash, FleetNode> lefts = new LinkedHashMap<>();
        Map<BlockHash, FleetNode> rights = new LinkedHashMap<>();
        known.forEach(node -> heldBy(node).ifPresent(left -> (left ? lefts : rights).putIfAbsent(node.hash(), node)));
        for (BlockHash left : lefts.keySet()) {
            for (BlockHash right : rights.keySet()) {
                if (tree.oneChain(left, right)) {
                    known.stream().filter(node -> node.hash().equals(left) || node.hash().equals(right))
                            .forEach(node -> held.remove(node.name()));
                }
            }
        }
    }

    /**
     * A branch has a second block: the time that both are held counts from then on.
     *
     * @param highest of the nodes that hold a branch
     */
    void extendedBy(FleetNode highest, List<FleetNode> compared) {
        if (!extended() && highest.height() > height) {
            extendedAtNs = highest.connectedAtNs();
            compared.forEach(node -> held.computeIfPresent(node.name(), (name, each) -> new Held(each.left, node.atNs())));
        }
    }

    boolean leave(String node) {
        return held.remove(node) != null;
    }

    /** Whether both branches are held. */
    boolean open() {
        return held.values().stream().anyMatch(Held::left) && !held.values().stream().allMatch(Held::left);
    }

    /** How long both branches have been held by any of the nodes, each by its own clock; empty if one is not. */
    Optional<Long> lastedNs(List<FleetNode> nodes) {
        Map<Boolean, Long> longest = new TreeMap<>();
        for (FleetNode node : nodes) {
            Held each = held.get(node.name());
            if (each != null) {
                longest.merge(each.left, node.atNs() - Math.max(each.sinceNs, extendedAtNs), Math::max);
            }
        }
        return longest.size() < 2 ? Optional.empty() : Optional.of(Math.min(longest.get(true), longest.get(false)));
    }

    /** Nodes by the branch that they hold, named after its lowest known block. */
    Map<BlockHash, List<String>> holders(List<FleetNode> nodes) {
        return nodes.stream().filter(node -> heldBy(node).isPresent()).collect(Collectors.groupingBy(
                node -> heldBy(node).get() ? left : right, LinkedHashMap::new,
                Collectors.mapping(FleetNode::name, Collectors.toList())));
    }

    /** Looks for newer blocks from now on, since the tree forgets old ones. */
    void moveRoots(List<FleetNode> known, BlockTree tree) {
        Optional<FleetNode> leftmost = known.stream().filter(node -> heldBy(node).equals(Optional.of(true))).max(BY_HEIGHT);
        Optional<FleetNode> rightmost = known.stream().filter(node -> heldBy(node).equals(Optional.of(false))).max(BY_HEIGHT);
        if (leftmost.isEmpty() || rightmost.isEmpty()) {
            return;
        }
        int lower = Math.min(leftmost.get().height(), rightmost.get().height()) - ROOT_DEPTH;
        Optional<BlockHash> newLeft = tree.at(lower, leftmost.get().hash());
        Optional<BlockHash> newRight = tree.at(lower, rightmost.get().hash());
        if (lower > rootHeight && newLeft.isPresent() && newRight.isPresent()) {
            rootHeight = lower;
            left = newLeft.get();
            right = newRight.get();
        }
    }

    void save(StateWriter out) {
        out.number(height).number(rootHeight).bytes(left.wire()).bytes(right.wire()).number(extendedAtNs);
        out.each(held.entrySet(), (entry, to) -> to.text(entry.getKey()).flag(entry.getValue().left).number(entry.getValue().sinceNs));
    }

    static Fork restored(StateReader in) {
        Fork fork = new Fork(in.integer(), in.integer(), new BlockHash(in.byteString()), new BlockHash(in.byteString()));
        fork.extendedAtNs = in.number();
        in.each(from -> fork.held.put(from.text(), new Held(from.flag(), from.number())));
        return fork;
    }
}
