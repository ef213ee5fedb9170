package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Entropy;
import org.bitcoinwatchdog.detectors.evaluation.traffic.HostileAddresses;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.OpenPeer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Slice;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Traced;
import org.bitcoinwatchdog.events.ConnectionType;

/** One peer that sends made-up addresses one by one, at a steady rate. */
final class AddressTrickle implements Attack {
    private final Entropy entropy = new Entropy(12);
    private final HostileAddresses addresses = new HostileAddresses(entropy.split());
    private final Span span;
    private final long everyUs;
    private OpenPeer peer;
    private long nextUs;

    AddressTrickle(Span span, double entriesPerSecond) {
        this.span = span;
        everyUs = (long) (1e6 / entriesPerSecond);
    }

    @Override
    public long visibleSinceUs() {
        return peer == null ? NOT_YET : span.beginUs();
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
            minute.add(nextUs, Traced.INBOUND_MESSAGE, addresses.message(peer.peer(), nextUs, 1));
        }
    }
}
