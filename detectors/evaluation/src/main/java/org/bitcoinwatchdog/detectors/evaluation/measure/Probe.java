package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Connections;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.SimulatedPeer;
import org.bitcoinwatchdog.events.NodeEvent;

/** Reads one figure of the simulated node-0 each minute: the truth behind what the rules see. */
interface Probe {
    String VICTIM = "node-0";

    default void on(NodeEvent event) {
    }

    double read(FleetTraffic traffic);

    /** Number of blocks by which the best other node is ahead. */
    static Probe blocksBehind() {
        return traffic -> traffic.nodes().stream().mapToInt(NodeTraffic::height).max().orElse(0)
                - traffic.nodes().get(0).height();
    }

    /** Share of the largest netgroup of the inbound peers. */
    static Probe largestInboundNetgroup() {
        return traffic -> {
            Connections connections = traffic.nodes().get(0).connections();
            return largest(connections, true, peer -> peer.endpoint().netgroup()) / (double) Math.max(1, connections.inbound());
        };
    }

    /** Outbound peers in the largest AS. */
    static Probe largestOutboundAs() {
        return traffic -> largest(traffic.nodes().get(0).connections(), false, peer -> peer.endpoint().asNumber());
    }

    /** Minutes since a block was connected. */
    static Probe minutesSinceBlock() {
        return new Probe() {
            private long lastNs;

            @Override
            public void on(NodeEvent event) {
                if (event.hasBlockConnected() && event.getNode().equals(VICTIM)) {
                    lastNs = event.getObservedAtNs();
                }
            }

            @Override
            public double read(FleetTraffic traffic) {
                return lastNs == 0 ? 0 : Math.max(0, traffic.nowUs() - lastNs / 1_000) / 60e6;
            }
        };
    }

    /** Address entries received in the last ten minutes. */
    static Probe addressEntries() {
        return new Probe() {
            private final double[] minutes = new double[10];
            private int minute;

            @Override
            public void on(NodeEvent event) {
                if (event.hasInboundMessage() && event.getNode().equals(VICTIM)) {
                    minutes[minute] += event.getInboundMessage().getAddresses().getCount();
                }
            }

            @Override
            public double read(FleetTraffic traffic) {
                double sum = Arrays.stream(minutes).sum();
                minute = (minute + 1) % minutes.length;
                minutes[minute] = 0;
                return sum;
            }
        };
    }

    private static int largest(Connections connections, boolean inbound, ToIntFunction<SimulatedPeer> group) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int i = 0; i < connections.size(); i++) {
            SimulatedPeer peer = connections.get(i);
            if (peer.inbound() == inbound) {
                counts.merge(group.applyAsInt(peer), 1, Integer::sum);
            }
        }
        return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }
}
