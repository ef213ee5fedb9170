package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import java.util.stream.IntStream;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RivalBranch;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;

/** Some miners follow other rules: their branch grows beside the fleet's chain. */
final class BranchAttack implements Attack {
    private final RivalBranch branch;

    BranchAttack(TimeSpan span, int blocks, Duration every) {
        branch = new RivalBranch(IntStream.range(0, blocks).mapToObj(i -> span.beginUs() + i * TimeSpan.us(every)).toList());
    }

    /** Its last block. */
    @Override
    public long visibleSinceUs() {
        return branch.lastUs();
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        branch.announce(node, minute);
    }
}
