package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.util.List;
import java.util.stream.LongStream;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** Cases in which the network finds its blocks at another rate. */
final class MiningCases {
    private MiningCases() {
    }

    /** Blocks come 25 % faster for two weeks. Then the difficulty follows, and they come as planned. */
    static final class DifficultyChangeCase implements Disturbance {
        private static final double FAST = 1.25;

        private final TimeSpan span;

        DifficultyChangeCase(TimeSpan span) {
            this.span = span;
        }

        @Override
        public double hashRate(long atUs) {
            return atUs < span.beginUs() + span.lengthUs() / 2 ? FAST : 1;
        }
    }

    /** 30 % of the miners leave at once, and the difficulty stays the same. */
    static final class HashRateGoneCase implements Disturbance {
        private final TimeSpan span;

        HashRateGoneCase(TimeSpan span) {
            this.span = span;
        }

        @Override
        public double hashRate(long atUs) {
            return span.contains(atUs) ? 0.7 : 1;
        }
    }

    /** The network finds no block for 100 minutes, which happens about once a year by chance. */
    static final class NaturalGapCase implements Disturbance {
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
}
