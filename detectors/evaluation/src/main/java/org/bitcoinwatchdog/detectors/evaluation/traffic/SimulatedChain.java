package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The blocks that a simulated network finds: exponential intervals around 600 s. The rate drifts by 10 % with a period of a month, as
 * hash rate and difficulty do.
 */
final class SimulatedChain {
    private static final double BLOCKS_PER_US = 1 / 600e6;
    private static final double DRIFT = 0.1;
    private static final double DRIFT_PERIOD_US = 30 * 86_400e6;
    private static final int FIRST_HEIGHT = 930_000;
    private static final int REMEMBERED = 32;
    private static final int MOST_AHEAD_S = 7_200;

    private final Disturbance disturbance;
    private final RandomSource random;
    private final double phase;
    private final Block[] tips = new Block[2];
    private final Deque<Block> recent = new ArrayDeque<>();
    private boolean split;
    private int winner;

    SimulatedChain(long startUs, Disturbance disturbance, RandomSource random) {
        this.disturbance = disturbance;
        this.random = random;
        phase = random.uniform();
        tips[0] = Block.of(FIRST_HEIGHT, Block.COMMON, startUs - 300_000_000L, random.hash(), random.hash());
    }

    /** The blocks of that minute in order. All nodes then hear of them. */
    List<Block> advance(long fromUs, long toUs) {
        join(fromUs);
        List<Long> times = new ArrayList<>(disturbance.forcedBlocks(fromUs, toUs));
        double rate = BLOCKS_PER_US * disturbance.hashRate(fromUs)
                * (1 + DRIFT * Math.sin(2 * Math.PI * (fromUs / DRIFT_PERIOD_US + phase)));
        if (rate > 0) {
            for (double at = fromUs + random.exponential(1 / rate); at < toUs; at += random.exponential(1 / rate)) {
                times.add((long) at);
            }
        }
        int replaced = Math.min(disturbance.replacedBlocks(fromUs), recent.size() - 1);
        if (times.isEmpty() && replaced <= 0) {
            return List.of();
        }
        Collections.sort(times);
        List<Block> found = new ArrayList<>(times.stream().map(this::mine).toList());
        for (int i = 0; i < replaced; i++) {
            recent.removeLast();
            tips[winner] = recent.getLast();
        }
        for (int i = 0; i <= replaced && replaced > 0; i++) {
            found.add(mine(toUs - 1_000_000));
        }
        return found;
    }

    /** The newest block. */
    Block tip() {
        return tips[winner];
    }

    /** The branch that survives a split. */
    int winner() {
        return winner;
    }

    private Block mine(long atUs) {
        int side = split ? side(atUs) : winner;
        Block parent = tips[side];
        boolean easy = disturbance.testnet() && disturbance.hashRate(atUs) > 1;
        tips[side] = easy
                ? Block.easy(parent.height() + 1, atUs, random.hash(), parent.hash(), random.below(MOST_AHEAD_S))
                : Block.of(parent.height() + 1, split ? side : Block.COMMON, atUs, random.hash(), parent.hash());
        recent.addLast(tips[side]);
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
        return tips[side];
    }

    private int side(long atUs) {
        int chosen = disturbance.miningSide(atUs);
        return chosen == Disturbance.BY_CHANCE ? random.below(2) : chosen;
    }

    private void join(long atUs) {
        boolean splitting = disturbance.splits(atUs);
        if (splitting && !split) {
            tips[1 - winner] = tips[winner];
        } else if (!splitting && split) {
            winner = tips[1].height() > tips[0].height() ? 1 : 0;
        }
        split = splitting;
    }
}
