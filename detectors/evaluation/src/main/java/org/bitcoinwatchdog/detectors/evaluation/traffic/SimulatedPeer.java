package org.bitcoinwatchdog.detectors.evaluation.traffic;

import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan.SimulatedAddress;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.Peer;

/** A connection of a simulated node. Only its position in the node's list and its end change. */
public final class SimulatedPeer {
    final Peer peer;
    final SimulatedAddress endpoint;
    final long openedUs;
    final boolean hostile;
    final boolean pings;
    final int roundTripUs;
    long closesUs;
    int index = -1;
    boolean closed;

    SimulatedPeer(Peer peer, SimulatedAddress endpoint, long openedUs, long closesUs, boolean hostile, boolean pings, int roundTripUs) {
        this.peer = peer;
        this.endpoint = endpoint;
        this.openedUs = openedUs;
        this.closesUs = closesUs;
        this.hostile = hostile;
        this.pings = pings;
        this.roundTripUs = roundTripUs;
    }

    public boolean inbound() {
        return peer.getConnectionType() == ConnectionType.CONNECTION_TYPE_INBOUND;
    }

    /** Whether a {@link Disturbance} opened it. */
    public boolean hostile() {
        return hostile;
    }

    public boolean closed() {
        return closed;
    }

    public Peer peer() {
        return peer;
    }

    public SimulatedAddress endpoint() {
        return endpoint;
    }

    /** A time of that minute at which the connection was up. */
    long within(TrafficMinute slice, RandomSource random) {
        long earliest = Math.max(slice.fromUs(), openedUs + 2_000_000);
        return Math.max(earliest, slice.rounded(random.between(earliest, Math.min(slice.toUs(), closesUs))));
    }
}
