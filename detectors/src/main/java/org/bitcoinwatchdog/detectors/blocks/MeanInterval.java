package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/**
 * Mean time between the last 2,016 blocks, a difficulty period, from when each height was first connected. It is time
 * divided by height, so that missed blocks don't count as one long interval.
 */
final class MeanInterval {
    private static final int BLOCKS = 2_016;
    private static final long NS_PER_S = 1_000_000_000L;

    /**
     * On testnets blocks come in storms and then one by one: a block may have the minimum difficulty 20 minutes after
     * its parent, and few miners find such blocks. The mean of all blocks does not predict the wait between two storms.
     */
    private static final Duration FEW_MINERS = Duration.ofMinutes(30);

    private record Seen(int height, long atS) {
    }

    private final Deque<Seen> seen = new ArrayDeque<>();

    /** @return whether the height is new */
    boolean add(int height, long atNs) {
        if (!seen.isEmpty() && height <= seen.getLast().height()) {
            return false;
        }
        long atS = atNs / NS_PER_S;
        if (!seen.isEmpty() && atS < seen.getLast().atS()) {
            return false; // a node whose clock is behind
        }
        seen.addLast(new Seen(height, atS));
        if (seen.size() > BLOCKS + 1) {
            seen.removeFirst();
        }
        return true;
    }

    int intervals() {
        return seen.isEmpty() ? 0 : seen.getLast().height() - seen.getFirst().height();
    }

    /** Requires at least one of the {@link #intervals}. */
    double seconds() {
        return (double) (seen.getLast().atS() - seen.getFirst().atS()) / intervals();
    }

    /** Seconds: the measured mean, limited by two bounds; the expected mean until enough intervals were seen. */
    double clamped(int minIntervals, Duration expected, Duration shortest, Duration longest) {
        double mean = intervals() >= minIntervals ? seconds() : expected.toSeconds();
        return Math.min(Math.max(mean, shortest.toSeconds()), longest.toSeconds());
    }

    void save(StateWriter out) {
        Seen[] last = {new Seen(0, 0)};
        out.each(seen, (block, to) -> {
            to.number(block.height() - last[0].height()).number(block.atS() - last[0].atS());
            last[0] = block;
        });
    }

    void restore(StateReader in) {
        Seen[] last = {new Seen(0, 0)};
        in.each(from -> {
            last[0] = new Seen(last[0].height() + from.integer(), last[0].atS() + from.number());
            seen.addLast(last[0]);
        });
    }

    /** The interval for testnets, if the other one is set for all networks: the larger of the two. */
    static Duration ofFewMiners(Duration set) {
        return set.compareTo(FEW_MINERS) > 0 ? set : FEW_MINERS;
    }
}
