package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** The clock of some hosts is ahead, and so are all times of their agents. */
final class ClockOffAttack implements Attack {
    private final TimeSpan span;
    private final Set<Integer> victims;
    private final long byUs;

    ClockOffAttack(TimeSpan span, Set<Integer> victims, Duration by) {
        this.span = span;
        this.victims = victims;
        byUs = TimeSpan.us(by);
    }

    @Override
    public long visibleSinceUs() {
        return span.beginUs();
    }

    @Override
    public long clockOffsetUs(NodeTraffic node, long atUs) {
        return victims.contains(node.index()) && span.contains(atUs) ? byUs : 0;
    }
}
