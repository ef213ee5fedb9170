package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.util.List;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RivalBranch;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;

/**
 * The chain splits, and a fifth of the peers follow the other branch. Core drops an outbound peer whose chain has less work 22
 * minutes after the fork, so each node loses two of its outbound peers at once. ForkBranch is right to fire.
 */
final class SplitDayCase implements Disturbance {
    private static final long MINUTE_US = 60_000_000L;
    private static final long DROPPED_US = 22 * MINUTE_US;
    private static final int DROPPED = 2;

    private final TimeSpan span;
    private final RivalBranch branch;

    SplitDayCase(TimeSpan span) {
        this.span = span;
        branch = new RivalBranch(List.of(span.beginUs(), span.beginUs() + 97 * MINUTE_US));
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        branch.announce(node, minute);
        if (minute.fromUs() == span.beginUs() + DROPPED_US) {
            node.dropOutbound(minute, DROPPED);
        }
    }
}
