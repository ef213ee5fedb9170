package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Entropy;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Slice;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;
import org.bitcoinwatchdog.events.ConnectionType;

/** One netgroup opens some times as many connections as all the world does, and closes each at once. */
final class ConnectionFlood implements Attack {
    private static final double USUAL_PER_MINUTE = 343 / 60.0;

    private final Entropy entropy = new Entropy(16);
    private final Span span;
    private final double perMinute;

    ConnectionFlood(Span span, int factor) {
        this.span = span;
        perMinute = USUAL_PER_MINUTE * factor;
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
        int connections = entropy.poisson(perMinute);
        for (int i = 0; i < connections; i++) {
            long at = entropy.between(minute.fromUs(), minute.toUs());
            node.connections().openHostile(minute, at, ConnectionType.CONNECTION_TYPE_INBOUND,
                    AddressPlan.INSTANCE.attacker(0, entropy), 1_500_000);
        }
    }
}
