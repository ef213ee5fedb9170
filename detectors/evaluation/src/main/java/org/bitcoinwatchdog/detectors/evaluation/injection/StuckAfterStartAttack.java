package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Block;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;

/** node-0 is down for three hours. After its start it hears of all blocks that it lacks, and connects none. */
final class StuckAfterStartAttack implements Attack {
    private static final Duration DOWN = Duration.ofHours(3);

    private final TimeSpan span;
    private final long startUs;

    StuckAfterStartAttack(TimeSpan span) {
        this.span = span;
        startUs = span.beginUs() + TimeSpan.us(DOWN);
    }

    @Override
    public long visibleSinceUs() {
        return startUs;
    }

    @Override
    public long blockReaches(NodeTraffic node, Block block, long atUs) {
        return node.index() == 0 && span.contains(block.atUs()) ? span.endUs() : 0;
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        if (node.index() == 0 && span.beginsIn(minute)) {
            node.stop(minute);
        } else if (node.index() == 0 && startUs == minute.fromUs()) {
            node.start(minute, 0);
        }
    }
}
