package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Block;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Slice;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;

/** The whole attack: 90 % of the inbound slots and all outbound ones within an hour, then no more blocks. */
final class Eclipse implements Attack {
    private static final Duration RAMP = Duration.ofHours(1);

    private final InboundCapture inbound;
    private final OutboundCapture outbound;
    private final Starvation starvation;

    Eclipse(Span span, Set<Integer> victims, int groups) {
        inbound = new InboundCapture(span, RAMP, 0.9, groups);
        outbound = new OutboundCapture(span, 10, groups == 1);
        starvation = new Starvation(new Span(span.beginUs() + Span.us(RAMP), span.endUs()), victims);
    }

    @Override
    public long visibleSinceUs() {
        return starvation.visibleSinceUs();
    }

    @Override
    public void act(NodeTraffic node, Slice minute) {
        inbound.act(node, minute);
        outbound.act(node, minute);
    }

    @Override
    public long headerReaches(NodeTraffic node, Block block, long atUs) {
        return starvation.headerReaches(node, block, atUs);
    }
}
