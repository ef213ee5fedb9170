package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RandomSource;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.events.ConnectionType;

/** One netgroup opens a multiple of the connections of all other peers, and closes each at once. */
final class ConnectionFloodAttack implements Attack {
    private static final double USUAL_PER_MINUTE = 343 / 60.0;

    private final RandomSource random = new RandomSource(16);
    private final TimeSpan span;
    private final double perMinute;

    ConnectionFloodAttack(TimeSpan span, int factor) {
        this.span = span;
        perMinute = USUAL_PER_MINUTE * factor;
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
        int connections = random.poisson(perMinute);
        for (int i = 0; i < connections; i++) {
            long at = random.between(minute.fromUs(), minute.toUs());
            node.connections().openHostile(minute, at, ConnectionType.CONNECTION_TYPE_INBOUND,
                    AddressPlan.INSTANCE.attacker(0, random), 1_500_000);
        }
    }
}
