package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/**
 * A fleet of three nodes, then four, three and two. node-3 is added after six hours and catches up. node-1's machine
 * fails without notice after twelve hours. node-2 is shut down for good after eighteen.
 */
final class FleetChangesCase implements Disturbance {
    private static final long HOUR_US = 3_600_000_000L;
    private static final long WRITES_US = 90_000_000L;

    private final TimeSpan span;

    FleetChangesCase(TimeSpan span) {
        this.span = span;
    }

    @Override
    public boolean exists(NodeTraffic node, long atUs) {
        return switch (node.index()) {
            case 1 -> atUs < span.beginUs() + 12 * HOUR_US;
            case 3 -> atUs >= span.beginUs() + 6 * HOUR_US;
            default -> true;
        };
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        if (node.index() == 2 && minute.fromUs() == span.beginUs() + 18 * HOUR_US) {
            node.shutDown(minute, WRITES_US);
        }
    }
}
