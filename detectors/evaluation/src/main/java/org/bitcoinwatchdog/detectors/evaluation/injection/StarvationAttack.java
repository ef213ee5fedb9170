package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Block;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** Some nodes hear of no new block, nor of its header, until the end. */
final class StarvationAttack implements Attack {
    private final TimeSpan span;
    private final Set<Integer> victims;
    private long visibleSinceUs = NOT_YET;

    StarvationAttack(TimeSpan span, Set<Integer> victims) {
        this.span = span;
        this.victims = victims;
    }

    /** The first block that they miss. */
    @Override
    public long visibleSinceUs() {
        return visibleSinceUs;
    }

    @Override
    public long headerReaches(NodeTraffic node, Block block, long atUs) {
        if (!victims.contains(node.index()) || !span.contains(block.atUs())) {
            return 0;
        }
        visibleSinceUs = Math.min(visibleSinceUs, block.atUs());
        return span.endUs();
    }

    /** Some nodes hear of every block in time, but receive no block until the end. */
    static final class BodiesWithheldAttack implements Attack {
        private final StarvationAttack starvation;

        BodiesWithheldAttack(TimeSpan span, Set<Integer> victims) {
            starvation = new StarvationAttack(span, victims);
        }

        @Override
        public long visibleSinceUs() {
            return starvation.visibleSinceUs();
        }

        @Override
        public long blockReaches(NodeTraffic node, Block block, long atUs) {
            return starvation.headerReaches(node, block, atUs);
        }
    }
}
