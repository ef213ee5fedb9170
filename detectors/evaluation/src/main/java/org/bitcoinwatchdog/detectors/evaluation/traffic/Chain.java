package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayList;
import java.util.List;

/** Where the blocks come from, one minute at a time: mined by chance, or as they really arrived. */
public interface Chain {
    /** A block every 600 s. */
    double BLOCKS_PER_US = 1 / 600e6;

    /** The blocks of that minute in order, which all nodes then hear of. */
    List<Block> advance(long fromUs, long toUs);

    /** The newest block. */
    Block tip();

    /** Which branch outlives a split; 0 where there is none. */
    default int winner() {
        return 0;
    }

    /** Exponential intervals whose rate drifts by 10 % with a period of a month, as hash rate and difficulty do. */
    static Chain mined(long startUs, Disturbance disturbance, Entropy entropy) {
        return new MinedChain(startUs, disturbance, entropy);
    }

    /** Blocks at given times, in order. */
    static Chain replayed(List<Long> arrivalsUs, Entropy entropy) {
        return new ReplayedChain(new ArrayList<>(arrivalsUs), entropy);
    }
}
