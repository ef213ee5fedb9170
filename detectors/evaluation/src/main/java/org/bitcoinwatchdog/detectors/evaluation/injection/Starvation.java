package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Block;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;

/** Some nodes hear of no new block, nor of its header, until the end. */
final class Starvation implements Attack {
    private final Span span;
    private final Set<Integer> victims;
    private long visibleSinceUs = NOT_YET;

    Starvation(Span span, Set<Integer> victims) {
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
}
