package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Entropy;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.OpenPeer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Slice;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;
import org.bitcoinwatchdog.events.ConnectionType;

/** One peer pings some times as often as Core's two minutes. */
final class PingFlood implements Attack {
    private static final long USUAL_US = 120_000_000;

    private final Entropy entropy = new Entropy(15);
    private final Span span;
    private final long everyUs;
    private OpenPeer peer;
    private long nextUs;

    PingFlood(Span span, int factor) {
        this.span = span;
        everyUs = USUAL_US / factor;
    }

    @Override
    public long visibleSinceUs() {
        return span.beginUs();
    }

    @Override
    public void act(NodeTraffic node, Slice minute) {
        if (node.index() != 0 || !span.contains(minute.fromUs())) {
            return;
        }
        if (peer == null) {
            node.makeRoom(minute, minute.fromUs());
            peer = node.connections().openHostile(minute, minute.fromUs(), ConnectionType.CONNECTION_TYPE_INBOUND,
                    AddressPlan.INSTANCE.attacker(0, entropy), span.endUs() - minute.fromUs());
            nextUs = minute.fromUs() + 2_000_000;
        }
        for (; nextUs < Math.min(minute.toUs(), span.endUs()); nextUs += everyUs) {
            node.pinged(minute, nextUs, peer);
        }
    }
}
