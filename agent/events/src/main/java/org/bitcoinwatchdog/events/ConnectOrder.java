package org.bitcoinwatchdog.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.bitcoinwatchdog.events.BlockArrivals.BlockArrival;

/**
 * The order in which a node connected blocks of which only heights and arrival times are known. Three facts about bitcoind decide:
 * <ul>
 * <li>A block is connected after a block of the height below.
 * <li>A node extends its tip while it can. It goes back to a lower height only to take another branch.
 * <li>A node takes another branch only if it has more work. On networks where all blocks near one height have the same difficulty that
 * is a higher branch. A block that arrives beside the chain and is not extended past the tip within a minute was seen, never connected.
 * On testnets a single block of full difficulty outweighs many of minimum difficulty, so there a branch may end lower.
 * </ul>
 */
final class ConnectOrder {
    /** bitcoind connects the blocks of a branch one after another. A slow machine needs a few seconds for each. */
    private static final long SWITCH_NS = 60_000_000_000L;
    /** A time further than this from those of its neighbors in height is an error of the file. */
    private static final long PLAUSIBLE_NS = 2 * 3_600_000_000_000L;
    private static final Comparator<BlockArrival> BY_HEIGHT =
            Comparator.comparingInt(BlockArrival::height).thenComparingLong(BlockArrival::atNs);
    private static final Comparator<BlockArrival> BY_TIME =
            Comparator.comparingLong(BlockArrival::atNs).thenComparingInt(BlockArrival::height);

    private final boolean equalWork;
    private final List<BlockArrival> connected = new ArrayList<>();
    private final List<BlockArrival> neverConnected = new ArrayList<>();

    private ConnectOrder(boolean equalWork) {
        this.equalWork = equalWork;
    }

    /** @param seen each hash once */
    static BlockArrivals of(String node, Collection<BlockArrival> seen, Network network) {
        ConnectOrder order = new ConnectOrder(!network.allowsMinimumDifficulty());
        List<BlockArrival> times = order.afterParents(order.plausible(seen));
        order.decide(order.inOrder(times));
        return new BlockArrivals(node, order.connected, order.neverConnected);
    }

    /** Leaves out blocks whose time contradicts those of most others: times rise with heights. */
    private List<BlockArrival> plausible(Collection<BlockArrival> seen) {
        List<BlockArrival> byHeight = new ArrayList<>(seen);
        byHeight.sort(BY_HEIGHT);
        boolean[] rising = longestRising(byHeight);
        long[] next = new long[byHeight.size() + 1];
        next[byHeight.size()] = Long.MAX_VALUE - PLAUSIBLE_NS;
        for (int i = byHeight.size() - 1; i >= 0; i--) {
            next[i] = rising[i] ? byHeight.get(i).atNs() : next[i + 1];
        }
        List<BlockArrival> plausible = new ArrayList<>();
        long previous = 0;
        for (int i = 0; i < byHeight.size(); i++) {
            BlockArrival block = byHeight.get(i);
            previous = rising[i] ? block.atNs() : previous;
            boolean replaces = i > 0 && byHeight.get(i - 1).height() == block.height(); // may come hours later
            boolean fits = block.atNs() >= previous - PLAUSIBLE_NS && (replaces || block.atNs() <= next[i] + PLAUSIBLE_NS);
            (fits ? plausible : neverConnected).add(block);
        }
        return plausible;
    }

    /** Which blocks are in the longest sequence whose times do not fall (patience sorting). */
    private static boolean[] longestRising(List<BlockArrival> blocks) {
        int[] ends = new int[blocks.size()];
        int[] before = new int[blocks.size()];
        int length = 0;
        for (int i = 0; i < blocks.size(); i++) {
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (blocks.get(ends[middle]).atNs() <= blocks.get(i).atNs()) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = low == 0 ? -1 : ends[low - 1];
            ends[low] = i;
            length = Math.max(length, low + 1);
        }
        boolean[] rising = new boolean[blocks.size()];
        for (int i = length == 0 ? -1 : ends[length - 1]; i >= 0; i = before[i]) {
            rising[i] = true;
        }
        return rising;
    }

    /** Moves each block's time to when a block of the height below was there. */
    private List<BlockArrival> afterParents(List<BlockArrival> byHeight) {
        List<BlockArrival> moved = new ArrayList<>(byHeight.size());
        long parentNs = 0;
        for (int i = 0; i < byHeight.size(); ) {
            int height = byHeight.get(i).height();
            long firstNs = Long.MAX_VALUE;
            for (; i < byHeight.size() && byHeight.get(i).height() == height; i++) {
                BlockArrival block = byHeight.get(i);
                long atNs = Math.max(block.atNs(), parentNs);
                firstNs = Math.min(firstNs, atNs);
                moved.add(new BlockArrival(height, block.hash(), atNs));
            }
            parentNs = firstNs;
        }
        moved.sort(BY_TIME);
        return moved;
    }

    /** Sorts the blocks of each moment. */
    private List<BlockArrival> inOrder(List<BlockArrival> byTime) {
        List<BlockArrival> ordered = new ArrayList<>(byTime.size());
        int tip = -1;
        for (int from = 0; from < byTime.size(); ) {
            int to = from;
            while (to < byTime.size() && byTime.get(to).atNs() == byTime.get(from).atNs()) {
                to++;
            }
            List<BlockArrival> moment = byTime.subList(from, to);
            List<BlockArrival> tipFirst = tipFirst(moment, tip);
            int follows = to < byTime.size() ? byTime.get(to).height() : 0;
            boolean mayEndLower = !equalWork || to < byTime.size() && byTime.get(to).atNs() - moment.get(0).atNs() <= SWITCH_NS;
            boolean better = mayEndLower && jumps(tip, tipFirst, follows) < jumps(tip, moment, follows);
            ordered.addAll(better ? tipFirst : moment);
            tip = ordered.get(ordered.size() - 1).height();
            from = to;
        }
        return ordered;
    }

    /** First those that extend the tip, then a branch that begins lower. */
    private static List<BlockArrival> tipFirst(List<BlockArrival> moment, int tip) {
        List<BlockArrival> ordered = new ArrayList<>(moment);
        ordered.sort(Comparator.comparing(block -> block.height() <= tip));
        return ordered;
    }

    /** Steps to another height than the next one. A step over heights, which no node makes, counts more than all steps back. */
    private static int jumps(int tip, List<BlockArrival> moment, int follows) {
        int jumps = 0;
        int height = tip;
        for (BlockArrival block : moment) {
            jumps += weight(height, block.height(), moment.size());
            height = block.height();
        }
        return follows == 0 ? jumps : jumps + weight(height, follows, moment.size());
    }

    private static int weight(int height, int next, int steps) {
        return next > height + 1 ? steps + 2 : next <= height ? 1 : 0;
    }

    /** Keeps the blocks of the branches that the node took. */
    private void decide(List<BlockArrival> ordered) {
        int tip = -1;
        for (int from = 0; from < ordered.size(); ) {
            int to = from + 1;
            while (to < ordered.size() && goesOn(ordered.get(to - 1), ordered.get(to))) {
                to++;
            }
            List<BlockArrival> branch = ordered.subList(from, to);
            int end = branch.get(branch.size() - 1).height();
            boolean took = branch.get(0).height() > tip || soonHigher(ordered, from, tip)
                    || !equalWork && !passedOver(ordered, to, tip);
            (took ? connected : neverConnected).addAll(branch);
            tip = took ? end : tip;
            from = to;
        }
    }

    private static boolean goesOn(BlockArrival block, BlockArrival next) {
        return next.height() == block.height() + 1 && next.atNs() - block.atNs() <= SWITCH_NS;
    }

    /** Whether blocks that arrive without a pause lead above the tip. */
    private static boolean soonHigher(List<BlockArrival> ordered, int from, int tip) {
        for (int i = from; i < ordered.size(); i++) {
            if (i > from && ordered.get(i).atNs() - ordered.get(i - 1).atNs() > SWITCH_NS) {
                return false;
            }
            if (ordered.get(i).height() > tip) {
                return true;
            }
        }
        return false;
    }

    /** Whether the block after a lower branch extends the old tip and not that branch. */
    private static boolean passedOver(List<BlockArrival> ordered, int next, int tip) {
        int end = ordered.get(next - 1).height();
        return end < tip && next < ordered.size() && ordered.get(next).height() == tip + 1;
    }
}
