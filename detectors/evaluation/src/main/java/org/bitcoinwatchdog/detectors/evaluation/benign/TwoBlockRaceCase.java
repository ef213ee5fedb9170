package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.util.List;
import java.util.stream.LongStream;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/**
 * Once a day two miners find a block at once, and each half of the network extends its own within six minutes. Four minutes
 * later a third block decides. On mainnet this happened once between November 2023 and the split of August 2026.
 */
final class TwoBlockRaceCase implements Disturbance {
    private static final long DAY_US = 86_400_000_000L;
    private static final long MINUTE_US = 60_000_000L;
    private static final long LASTS_US = 10 * MINUTE_US;
    /** Since the race began. The sides alternate, and the last block ends it. */
    private static final long[] BLOCKS_US = {1_000_000, 3_000_000, 6 * MINUTE_US, 6 * MINUTE_US + 5_000_000, LASTS_US};

    private final TimeSpan span;

    TwoBlockRaceCase(TimeSpan span) {
        this.span = span;
    }

    @Override
    public boolean splits(long atUs) {
        return span.contains(atUs) && sinceUs(atUs) < LASTS_US;
    }

    private long sinceUs(long atUs) {
        return Math.floorMod(atUs - span.beginUs(), DAY_US);
    }

    @Override
    public double hashRate(long atUs) {
        return splits(atUs) ? 0 : 1;
    }

    @Override
    public List<Long> forcedBlocks(long fromUs, long toUs) {
        long beganUs = fromUs - sinceUs(fromUs);
        return !span.contains(fromUs) ? List.of()
                : LongStream.of(BLOCKS_US).map(at -> beganUs + at).filter(at -> at >= fromUs && at < toUs).boxed().toList();
    }

    @Override
    public int miningSide(long atUs) {
        return sinceUs(atUs) == BLOCKS_US[1] || sinceUs(atUs) == BLOCKS_US[3] ? 1 : 0;
    }

    @Override
    public int side(NodeTraffic node) {
        return node.index() % 2;
    }
}
