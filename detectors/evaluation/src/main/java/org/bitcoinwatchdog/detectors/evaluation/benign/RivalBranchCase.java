package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.util.stream.LongStream;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RivalBranch;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;

/**
 * The fleet runs Bitcoin Core in August 2026. A few miners extend a branch that it does not follow: these are the minutes of the
 * branch's first four blocks. ForkBranch is right to tell of them. All other rules must stay quiet.
 */
final class RivalBranchCase implements Disturbance {
    private static final long MINUTE_US = 60_000_000L;
    private static final long[] MINUTES = {0, 97, 4_877, 5_106};
    private static final double OTHER_MINERS = 0.01;

    private final TimeSpan span;
    private final RivalBranch branch;

    RivalBranchCase(TimeSpan span) {
        this.span = span;
        branch = new RivalBranch(LongStream.of(MINUTES).mapToObj(minute -> span.beginUs() + minute * MINUTE_US).toList());
    }

    @Override
    public double hashRate(long atUs) {
        return span.contains(atUs) ? 1 - OTHER_MINERS : 1;
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        branch.announce(node, minute);
    }
}
