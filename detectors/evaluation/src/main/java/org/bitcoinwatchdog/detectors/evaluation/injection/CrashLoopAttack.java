package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Traced;
import org.bitcoinwatchdog.events.Message;

/**
 * bitcoind of node-0 crashes again and again, right after a block from a peer or without a cause. A supervisor starts
 * it a minute later.
 */
final class CrashLoopAttack implements Attack {
    private final TimeSpan span;
    private final long everyUs;
    private final boolean afterBlock;
    private long visibleSinceUs = NOT_YET;

    CrashLoopAttack(TimeSpan span, Duration every, boolean afterBlock) {
        this.span = span;
        this.everyUs = TimeSpan.us(every);
        this.afterBlock = afterBlock;
    }

    @Override
    public long visibleSinceUs() {
        return visibleSinceUs;
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        if (node.index() != 0) {
            return;
        }
        if (afterBlock && crashesAt(minute.toUs())) {
            minute.add(minute.toUs() - 1_000_000, Traced.INBOUND_MESSAGE, Message.newBuilder().setPeer(node.anyPeer())
                    .setType("cmpctblock").setSizeBytes(15_000).build());
        }
        if (crashesAt(minute.fromUs())) {
            node.stop(minute);
            visibleSinceUs = Math.min(visibleSinceUs, minute.fromUs());
        } else if (crashesAt(minute.fromUs() - TrafficMinute.LENGTH_US)) {
            node.start(minute, 0);
        }
    }

    private boolean crashesAt(long atUs) {
        return span.contains(atUs) && (atUs - span.beginUs()) % everyUs == 0;
    }
}
