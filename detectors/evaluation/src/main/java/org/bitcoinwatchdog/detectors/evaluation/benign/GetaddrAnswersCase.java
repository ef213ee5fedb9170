package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RandomSource;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.SimulatedPeer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.events.ConnectionType;

/** Every hour each node fetches addresses from eight seeds at once: 8,000 entries that it asked for. */
final class GetaddrAnswersCase implements Disturbance {
    private static final long HOUR_US = 3_600_000_000L;
    private static final int SEEDS = 8;
    private static final long LIFETIME_US = 70_000_000;

    private final RandomSource random = new RandomSource(2);
    private final TimeSpan span;

    GetaddrAnswersCase(TimeSpan span) {
        this.span = span;
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        if (!span.contains(minute.fromUs()) || Math.floorMod(minute.fromUs() - span.beginUs(), HOUR_US) != 0) {
            return;
        }
        for (int i = 0; i < SEEDS; i++) {
            long at = minute.fromUs() + i * 500_000L;
            SimulatedPeer seed = node.connections().open(minute, at, ConnectionType.CONNECTION_TYPE_ADDR_FETCH,
                    AddressPlan.INSTANCE.honest(random), LIFETIME_US);
            node.askForAddresses(minute, at + 3_000_000, seed);
        }
    }
}
