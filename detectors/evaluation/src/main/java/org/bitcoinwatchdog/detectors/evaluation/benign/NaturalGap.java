package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.util.List;
import java.util.stream.LongStream;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;

/** The network finds no block for 100 minutes, which chance brings about once a year. */
final class NaturalGap implements Disturbance {
    private static final long GAP_US = 100 * 60_000_000L;

    private final Span gap;

    NaturalGap(Span span) {
        gap = new Span(span.beginUs(), span.beginUs() + GAP_US);
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
