package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Block;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** Some nodes receive each header and block only after a delay. */
final class HeadersDelayedAttack implements Attack {
    private final TimeSpan span;
    private final Set<Integer> victims;
    private final long delayUs;
    private long visibleSinceUs = NOT_YET;

    HeadersDelayedAttack(TimeSpan span, Set<Integer> victims, Duration delay) {
        this.span = span;
        this.victims = victims;
        delayUs = TimeSpan.us(delay);
    }

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
        return block.atUs() + delayUs;
    }
}
