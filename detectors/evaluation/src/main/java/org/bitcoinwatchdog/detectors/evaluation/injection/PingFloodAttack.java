package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RandomSource;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.SimulatedPeer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.events.ConnectionType;

/** One peer pings several times as often as Core, which pings every two minutes. */
final class PingFloodAttack implements Attack {
    private static final long USUAL_US = 120_000_000;

    private final RandomSource random = new RandomSource(15);
    private final TimeSpan span;
    private final long everyUs;
    private SimulatedPeer peer;
    private long nextUs;

    PingFloodAttack(TimeSpan span, int factor) {
        this.span = span;
        everyUs = USUAL_US / factor;
    }

    @Override
    public long visibleSinceUs() {
        return span.beginUs();
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        if (node.index() != 0 || !span.contains(minute.fromUs())) {
            return;
        }
        if (peer == null) {
            node.makeRoom(minute, minute.fromUs());
            peer = node.connections().openHostile(minute, minute.fromUs(), ConnectionType.CONNECTION_TYPE_INBOUND,
                    AddressPlan.INSTANCE.attacker(0, random), span.endUs() - minute.fromUs());
            nextUs = minute.fromUs() + 2_000_000;
        }
        for (; nextUs < Math.min(minute.toUs(), span.endUs()); nextUs += everyUs) {
            node.pinged(minute, nextUs, peer);
        }
    }
}
