package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Block;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** Some nodes hear of every block in time, but nobody gives it to them until the end. */
final class BodiesWithheldAttack implements Attack {
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
