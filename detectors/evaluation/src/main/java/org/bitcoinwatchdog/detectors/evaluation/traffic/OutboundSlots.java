package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan.SimulatedAddress;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind.MeasuredFigures;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind.MessageMetric;
import org.bitcoinwatchdog.events.ConnectionType;

/**
 * A node's own connections: eight full-relay (1.2 openings an hour), two block-relay and the short-lived extra ones
 * that look for a better chain (6 an hour), and feelers (4.7 an hour). Never two in one netgroup, as in Core.
 */
final class OutboundSlots {
    private static final int FULL_RELAY = 8;
    private static final int BLOCK_RELAY = 2;
    private static final double FULL_RELAY_LIFETIME_US = FULL_RELAY / 1.2 * 3_600e6;
    private static final double BLOCK_RELAY_LIFETIME_US = 10 * 3_600e6;
    private static final double EXTRAS_PER_HOUR = 6;
    private static final double FEELERS_PER_HOUR = 4.7;
    private static final long EXTRA_US = 45_000_000;

    private final RandomSource random;
    private final Intensity tries;
    private final double medianVersions;
    private final List<SimulatedPeer> fullRelay = new ArrayList<>();
    private final List<SimulatedPeer> blockRelay = new ArrayList<>();

    OutboundSlots(RandomSource random) {
        this.random = random;
        MeasuredFigures versions = NodeKind.OUTBOUND_ONLY.figures(MessageMetric.VERSION);
        medianVersions = versions.median();
        tries = new Intensity(versions, 2 / versions.median(), null, random.split());
    }

    /** The peers that connected before the agent attached. */
    void adopt(Connections connections, long nowUs) {
        for (int i = 0; i < FULL_RELAY; i++) {
            fullRelay.add(connections.adopt(nowUs - 3_600_000_000L - i,
                    ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY, elsewhere(connections),
                    3_600_000_000L + (long) random.exponential(FULL_RELAY_LIFETIME_US)));
        }
        for (int i = 0; i < BLOCK_RELAY; i++) {
            blockRelay.add(connections.adopt(nowUs - 3_600_000_000L - i,
                    ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY, elsewhere(connections),
                    3_600_000_000L + (long) random.exponential(BLOCK_RELAY_LIFETIME_US)));
        }
    }

    void fill(NodeTraffic node, TrafficMinute slice) {
        refill(node, slice, fullRelay, FULL_RELAY, ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY,
                FULL_RELAY_LIFETIME_US);
        refill(node, slice, blockRelay, BLOCK_RELAY, ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY,
                BLOCK_RELAY_LIFETIME_US);
        double factor = tries.next(slice.fromUs()) / medianVersions;
        brief(node, slice, random.poisson(EXTRAS_PER_HOUR / 60 * factor),
                ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY, EXTRA_US);
        brief(node, slice, random.poisson(FEELERS_PER_HOUR / 60 * factor), ConnectionType.CONNECTION_TYPE_FEELER, 1_000_000);
    }

    /** bitcoind forgets its peers when it ends. */
    void clear() {
        fullRelay.clear();
        blockRelay.clear();
    }

    /** Puts a hostile peer where an honest one was; false once no honest one is left. */
    boolean capture(NodeTraffic node, TrafficMinute slice, long atUs, SimulatedAddress endpoint, long lifetimeUs) {
        for (List<SimulatedPeer> slots : List.of(fullRelay, blockRelay)) {
            for (int i = 0; i < slots.size(); i++) {
                SimulatedPeer honest = slots.get(i);
                if (!honest.hostile) {
                    node.connections().close(slice, atUs, honest);
                    slots.set(i, node.connections().openHostile(
                            slice, atUs + 500_000, honest.peer.getConnectionType(), endpoint, lifetimeUs));
                    return true;
                }
            }
        }
        return false;
    }

    void drop(NodeTraffic node, TrafficMinute slice, int count) {
        for (SimulatedPeer peer : List.copyOf(fullRelay.subList(0, Math.min(count, fullRelay.size())))) {
            node.connections().close(slice, slice.fromUs(), peer);
        }
    }

    private void refill(
            NodeTraffic node, TrafficMinute slice, List<SimulatedPeer> slots, int wanted, ConnectionType type, double lifetimeUs) {
        slots.removeIf(peer -> peer.closed);
        while (slots.size() < wanted) {
            long at = random.between(slice.fromUs(), slice.toUs());
            SimulatedPeer peer = node.connections().open(
                    slice, at, type, elsewhere(node.connections()), 120_000_000 + (long) random.exponential(lifetimeUs));
            if (type == ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY) {
                node.gossip().ask(peer, at + 2L * peer.roundTripUs, slice);
            }
            slots.add(peer);
        }
    }

    private void brief(NodeTraffic node, TrafficMinute slice, int connections, ConnectionType type, long lifetimeUs) {
        for (int i = 0; i < connections; i++) {
            node.connections().open(slice, random.between(slice.fromUs(), slice.toUs()), type,
                    elsewhere(node.connections()), lifetimeUs + (long) random.exponential(lifetimeUs / 4.0));
        }
    }

    /** An address in a netgroup to which no outbound connection goes yet. */
    private SimulatedAddress elsewhere(Connections connections) {
        SimulatedAddress candidate;
        do {
            candidate = AddressPlan.INSTANCE.honest(random);
        } while (connections.reaches(candidate.netgroup()));
        return candidate;
    }
}
