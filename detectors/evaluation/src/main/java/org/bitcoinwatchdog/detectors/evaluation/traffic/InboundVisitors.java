package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan.SimulatedAddress;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind.MeasuredFigures;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind.MessageMetric;
import org.bitcoinwatchdog.events.ConnectionType;

/**
 * The inbound connections of a listening node: 343 an hour, 46 % of them by one operator. Most leave at once, one in
 * ten stays longer than 44 minutes. The number of long ones follows the measured spread of pings, which is that of the
 * peers.
 */
final class InboundVisitors {
    static final double PER_HOUR = 343;
    static final double OPERATOR_SHARE = 0.46;
    private static final double BRIEF_SHARE = 0.55;
    private static final double LONG_SHARE = 0.10;
    private static final double MINUTE_US = 60e6;
    private static final double P90_US = 44 * MINUTE_US;
    private static final double LONGER_US = 0.62 * 60 * MINUTE_US;
    private static final double BRIEF_US = 2e6;
    /** Long connections are only a part of the peers. So their number varies more than the number of all peers. */
    private static final double SMOOTHED = 1.4;
    private static final double MOST_LASTING = 0.5;
    /** maxconnections of 250: the measured pings need more peers than the default of 125 allows. */
    static final int SLOTS = 239;
    private static final int OPERATOR_KEEPS = 8;
    private static final double ASKS_FOR_ADDRESSES = 0.5;

    private final RandomSource random;
    private final Intensity openings;
    private final Intensity stay;
    private final double medianVersions;
    private final double medianPings;
    private final List<SimulatedPeer> kept = new ArrayList<>();

    InboundVisitors(RandomSource random) {
        this.random = random;
        MeasuredFigures versions = NodeKind.LISTENING.figures(MessageMetric.VERSION);
        MeasuredFigures pings = NodeKind.LISTENING.figures(MessageMetric.PING);
        medianVersions = versions.median();
        medianPings = pings.median();
        openings = new Intensity(versions, 0, null, random.split());
        stay = new Intensity(pings, 0, null, random.split());
    }

    /** The peers that connected before the agent attached. */
    void adopt(Connections connections, long nowUs) {
        for (int i = 0; i < 75; i++) {
            double remaining = i % 10 < 3 ? random.uniform() * 20 * MINUTE_US : 30 * MINUTE_US + random.exponential(LONGER_US);
            connections.adopt(nowUs - (long) random.exponential(P90_US), ConnectionType.CONNECTION_TYPE_INBOUND,
                    AddressPlan.INSTANCE.honest(random), (long) (remaining + P90_US));
        }
    }

    void fill(NodeTraffic node, TrafficMinute slice, double operator) {
        double factor = openings.next(slice.fromUs()) / medianVersions;
        double longer = Math.pow(stay.next(slice.fromUs()) / medianPings, SMOOTHED);
        double honest = PER_HOUR * (1 - OPERATOR_SHARE) * factor;
        visit(node, slice, random.poisson(honest / 60), longer);
        keep(node, slice, operator);
        int visits = random.poisson(PER_HOUR * OPERATOR_SHARE * factor * operator / 60);
        for (int i = 0; i < visits; i++) {
            enter(node, slice, AddressPlan.INSTANCE.operator(random), random.exponential(BRIEF_US));
        }
    }

    private void visit(NodeTraffic node, TrafficMinute slice, int visits, double longer) {
        for (int i = 0; i < visits; i++) {
            SimulatedPeer peer = enter(node, slice, AddressPlan.INSTANCE.honest(random), lifetimeUs(longer));
            if (random.chance(ASKS_FOR_ADDRESSES) && peer.closesUs > peer.openedUs + 60e6) {
                node.gossip().answer(peer, peer.openedUs + 1_000_000, slice);
            }
        }
    }

    /** Shares of the other peers are larger than shares of all peers. */
    private double lifetimeUs(double longer) {
        double brief = (BRIEF_SHARE - OPERATOR_SHARE) / (1 - OPERATOR_SHARE);
        double lasting = Math.min(MOST_LASTING, LONG_SHARE / (1 - OPERATOR_SHARE) * longer);
        double draw = random.uniform();
        if (draw < brief) {
            return random.exponential(BRIEF_US);
        }
        if (draw < brief + lasting) {
            return P90_US + random.exponential(LONGER_US);
        }
        return MINUTE_US * Math.pow(P90_US / MINUTE_US, random.uniform());
    }

    private SimulatedPeer enter(NodeTraffic node, TrafficMinute slice, SimulatedAddress endpoint, double lifetimeUs) {
        long at = random.between(slice.fromUs(), slice.toUs());
        node.makeRoom(slice, at);
        return node.connections().open(
                slice, at, ConnectionType.CONNECTION_TYPE_INBOUND, endpoint, (long) lifetimeUs + 1_000_000);
    }

    /** The operator keeps a few connections open while it is present. */
    private void keep(NodeTraffic node, TrafficMinute slice, double operator) {
        kept.removeIf(peer -> peer.closed);
        if (operator == 0) {
            kept.forEach(peer -> node.connections().close(slice, slice.fromUs() + random.below(60_000_000), peer));
            kept.clear();
        } else if (kept.size() < OPERATOR_KEEPS * Math.min(1, operator)) {
            kept.add(enter(node, slice, AddressPlan.INSTANCE.operator(random), 1e15));
        }
    }
}
