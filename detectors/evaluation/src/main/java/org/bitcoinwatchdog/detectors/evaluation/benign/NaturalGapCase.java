package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.util.List;
import java.util.stream.LongStream;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** The network finds no block for 100 minutes, which chance brings about once a year. */
final class NaturalGapCase implements Disturbance {
    private static final long GAP_US = 100 * 60_000_000L;

    private final TimeSpan gap;

    NaturalGapCase(TimeSpan span) {
        gap = new TimeSpan(span.beginUs(), span.beginUs() + GAP_US);
    }

    @Override
    public double hashRate(long atUs) {
        return gap.contains(atUs) ? 0 : 1;
    }

    @Override
    public List<Long> forcedBlocks(long fromUs, long toUs) {
        return LongStream.of(gap.beginUs(), gap.endUs()).filter(at -> at >= fromUs && at < toUs).boxed().toList();
    }
}
