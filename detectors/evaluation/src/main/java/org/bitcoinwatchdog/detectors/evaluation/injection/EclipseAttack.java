package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Block;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** The whole attack: 90 % of the inbound slots and all outbound ones within an hour, then no more blocks. */
final class EclipseAttack implements Attack {
    private static final Duration RAMP = Duration.ofHours(1);

    private final InboundCaptureAttack inbound;
    private final OutboundCaptureAttack outbound;
    private final StarvationAttack starvation;

    EclipseAttack(TimeSpan span, Set<Integer> victims, int groups) {
        inbound = new InboundCaptureAttack(span, RAMP, 0.9, groups);
        outbound = new OutboundCaptureAttack(span, 10, groups == 1);
        starvation = new StarvationAttack(new TimeSpan(span.beginUs() + TimeSpan.us(RAMP), span.endUs()), victims);
    }

    @Override
    public long visibleSinceUs() {
        return starvation.visibleSinceUs();
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        inbound.act(node, minute);
        outbound.act(node, minute);
    }

    @Override
    public long headerReaches(NodeTraffic node, Block block, long atUs) {
        return starvation.headerReaches(node, block, atUs);
    }
}
