package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Block;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance.CallOutcome;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Traced;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;

/**
 * An attack while a benign disturbance makes it harder to see. The benign one acts first. Methods that only one of them
 * implements go to that one.
 */
record CombinedAttack(Disturbance hardship, Attack attack) implements Attack {
    @Override
    public long visibleSinceUs() {
        return attack.visibleSinceUs();
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute slice) {
        hardship.act(node, slice);
        attack.act(node, slice);
    }

    @Override
    public long headerReaches(NodeTraffic node, Block block, long atUs) {
        return attack.headerReaches(node, block, atUs);
    }

    @Override
    public long blockReaches(NodeTraffic node, Block block, long atUs) {
        return attack.blockReaches(node, block, atUs);
    }

    @Override
    public CallOutcome fate(NodeTraffic node, Traced call, long atUs) {
        return hardship.fate(node, call, atUs);
    }

    @Override
    public boolean keptForLater(NodeTraffic node, long atUs) {
        return hardship.keptForLater(node, atUs);
    }

    @Override
    public long clockOffsetUs(NodeTraffic node, long atUs) {
        return hardship.clockOffsetUs(node, atUs);
    }
}
