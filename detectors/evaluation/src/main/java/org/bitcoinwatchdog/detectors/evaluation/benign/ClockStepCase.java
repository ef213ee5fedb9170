package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/**
 * The clock of node-0's host is an hour ahead for the first half, and is then set back. An alert about the clock itself
 * is the truth; one about anything else is false.
 */
final class ClockStepCase implements Disturbance {
    private static final long HOUR_US = 3_600_000_000L;

    private final TimeSpan ahead;

    ClockStepCase(TimeSpan span) {
        ahead = new TimeSpan(span.beginUs(), span.beginUs() + span.lengthUs() / 2);
    }

    @Override
    public long clockOffsetUs(NodeTraffic node, long atUs) {
        return node.index() == 0 && ahead.contains(atUs) ? HOUR_US : 0;
    }
}
