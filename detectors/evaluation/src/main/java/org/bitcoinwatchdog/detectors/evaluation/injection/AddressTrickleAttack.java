package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RandomSource;
import org.bitcoinwatchdog.detectors.evaluation.traffic.HostileAddresses;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.SimulatedPeer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Traced;
import org.bitcoinwatchdog.events.ConnectionType;

/** One peer sends made-up addresses one by one, at a steady rate. */
final class AddressTrickleAttack implements Attack {
    private final RandomSource random = new RandomSource(12);
    private final HostileAddresses addresses = new HostileAddresses(random.split());
    private final TimeSpan span;
    private final long everyUs;
    private SimulatedPeer peer;
    private long nextUs;

    AddressTrickleAttack(TimeSpan span, double entriesPerSecond) {
        this.span = span;
        everyUs = (long) (1e6 / entriesPerSecond);
    }

    @Override
    public long visibleSinceUs() {
        return peer == null ? NOT_YET : span.beginUs();
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
            minute.add(nextUs, Traced.INBOUND_MESSAGE, addresses.message(peer.peer(), nextUs, 1));
        }
    }
}
