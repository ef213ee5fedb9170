package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan.SimulatedAddress;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.FeeFilter;
import org.bitcoinwatchdog.events.OpenedConnection;
import org.bitcoinwatchdog.events.Peer;
import org.bitcoinwatchdog.events.PeerNetwork;

/** The connections of one node, and the calls when they open and close. */
public final class Connections {
    /** A shorter connection is written at once from begin to end, and gets no other traffic. */
    private static final long BRIEF_US = 60_000_000;
    private static final long NEVER_US = Long.MAX_VALUE;

    /** Core's rounded highest fee, and its default minimum fee. */
    private static final long DOWNLOADING_SAT = 9_170_997;
    private static final long LOWEST_FEE_SAT = 1_000;

    private final NodeTraffic node;
    private final RandomSource random;
    private final Versions versions;
    private final double pingShare;
    private final List<SimulatedPeer> open = new ArrayList<>();
    /** Outbound connections that end within this minute: no longer listed, but still open for a part of it. */
    private final List<SimulatedPeer> leaving = new ArrayList<>();
    private final PriorityQueue<SimulatedPeer> closing = new PriorityQueue<>(Comparator.comparingLong(peer -> peer.closesUs));
    private long nextId;
    private int inbound;

    Connections(NodeTraffic node, double pingShare, RandomSource random) {
        this.node = node;
        this.pingShare = pingShare;
        this.random = random;
        versions = new Versions(random.split());
    }

    public int size() {
        return open.size();
    }

    public SimulatedPeer get(int index) {
        return open.get(index);
    }

    public int inbound() {
        return inbound;
    }

    public int outbound() {
        return open.size() - inbound;
    }

    /** A random peer; null if there is none. */
    public SimulatedPeer any(RandomSource chance) {
        return open.isEmpty() ? null : chance.pick(open);
    }

    /** The present connections; a copy, so that the caller may close some of them. */
    public List<SimulatedPeer> list() {
        return List.copyOf(open);
    }

    /** Opens a connection for a disturbance, for the time that it wants. */
    public SimulatedPeer openHostile(TrafficMinute slice, long atUs, ConnectionType type, SimulatedAddress endpoint, long lifetimeUs) {
        return open(slice, atUs, type, endpoint, lifetimeUs, true);
    }

    /** Opens an honest one. */
    public SimulatedPeer open(TrafficMinute slice, long atUs, ConnectionType type, SimulatedAddress endpoint, long lifetimeUs) {
        return open(slice, atUs, type, endpoint, lifetimeUs, false);
    }

    /** A peer that connected before the agent attached: no call reports its opening. */
    SimulatedPeer adopt(long openedUs, ConnectionType type, SimulatedAddress endpoint, long lifetimeUs) {
        SimulatedPeer peer = peer(openedUs, type, endpoint, lifetimeUs, false, true);
        register(peer);
        return peer;
    }

    /** Evicts a peer, as Core does when its inbound slots are full. Both calls occur, as in Core. */
    public void evict(TrafficMinute slice, long atUs, SimulatedPeer peer) {
        slice.add(atUs, Traced.EVICTED, ended(peer));
        close(slice, atUs + 50_000, peer);
    }

    /** Evicts an honest inbound peer if all slots are taken, or a hostile one if no honest peer is found. */
    void makeRoom(TrafficMinute slice, long atUs, int slots, RandomSource chance) {
        for (int attempt = 0; inbound >= slots && attempt < 200; attempt++) {
            SimulatedPeer candidate = any(chance);
            if (candidate.inbound() && (!candidate.hostile || attempt > 100)) {
                evict(slice, atUs, candidate);
                return;
            }
        }
    }

    public void close(TrafficMinute slice, long atUs, SimulatedPeer peer) {
        if (!peer.closed) {
            peer.closesUs = atUs;
            slice.add(atUs, Traced.CLOSED, ended(peer));
            remove(peer);
            leaves(peer);
        }
    }

    /** Whether an outbound connection goes to that netgroup at any time of this minute. */
    boolean reaches(int netgroup) {
        for (SimulatedPeer peer : leaving) {
            if (peer.endpoint.netgroup() == netgroup) {
                return true;
            }
        }
        for (int i = 0; i < open.size(); i++) {
            SimulatedPeer peer = open.get(i);
            if (!peer.inbound() && peer.endpoint.netgroup() == netgroup) {
                return true;
            }
        }
        return false;
    }

    /** Closes what ends in this minute. */
    void expire(TrafficMinute slice) {
        leaving.removeIf(peer -> peer.closesUs < slice.fromUs());
        while (!closing.isEmpty() && closing.peek().closesUs < slice.toUs()) {
            SimulatedPeer peer = closing.poll();
            close(slice, peer.closesUs, peer);
        }
    }

    /** The process is gone. Its connections end without calls. */
    void clear() {
        open.forEach(peer -> peer.closed = true);
        open.clear();
        leaving.clear();
        closing.clear();
        inbound = 0;
        nextId = 0;
    }

    private SimulatedPeer open(
            TrafficMinute slice, long atUs, ConnectionType type, SimulatedAddress endpoint, long lifetimeUs, boolean hostile) {
        boolean incoming = type == ConnectionType.CONNECTION_TYPE_INBOUND;
        SimulatedPeer peer = peer(atUs, type, endpoint, lifetimeUs, hostile, !incoming || random.chance(pingShare));
        if (lifetimeUs >= BRIEF_US) {
            register(peer);
        }
        slice.add(atUs, incoming ? Traced.INBOUND_CONNECTION : Traced.OUTBOUND_CONNECTION, OpenedConnection.newBuilder()
                .setPeer(peer.peer)
                .setNetwork(PeerNetwork.PEER_NETWORK_IPV4)
                .setConnections(incoming ? inbound : outbound())
                .build());
        shakeHands(slice, peer, incoming);
        if (lifetimeUs < BRIEF_US) {
            slice.add(peer.closesUs, Traced.CLOSED, ended(peer));
            leaves(peer);
        }
        return peer;
    }

    private void shakeHands(TrafficMinute slice, SimulatedPeer peer, boolean incoming) {
        long theirsUs = peer.openedUs + peer.roundTripUs;
        long oursUs = incoming ? theirsUs + 500 : peer.openedUs + 500;
        if (theirsUs + 1_000 < peer.closesUs) {
            slice.add(theirsUs, Traced.INBOUND_MESSAGE, versions.theirs(peer.peer, theirsUs, peer.hostile ? node.height() : node.toldHeight()));
            slice.add(oursUs, Traced.OUTBOUND_MESSAGE, versions.ours(peer.peer, node.clockUs(oursUs), node.height()));
            tellFeeFilter(slice, peer, Math.max(theirsUs, oursUs) + 1_000);
        }
    }

    /** As in Core: not to a feeler, and not to a block-relay-only peer. */
    private void tellFeeFilter(TrafficMinute slice, SimulatedPeer peer, long atUs) {
        ConnectionType type = peer.peer.getConnectionType();
        boolean relaysTransactions = type == ConnectionType.CONNECTION_TYPE_INBOUND
                || type == ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY;
        if (relaysTransactions && atUs < peer.closesUs) {
            slice.add(atUs, Traced.OUTBOUND_MESSAGE, Messages.of(peer.peer, "feefilter", 8).setFeeFilter(FeeFilter.newBuilder()
                    .setMinFeeSatPerKvb(node.downloads(atUs) ? DOWNLOADING_SAT : LOWEST_FEE_SAT)).build());
        }
    }

    private SimulatedPeer peer(
            long openedUs, ConnectionType type, SimulatedAddress endpoint, long lifetimeUs, boolean hostile, boolean pings) {
        Peer peer = Peer.newBuilder()
                .setId(nextId++)
                .setAddress(endpoint.toString())
                .setConnectionType(type)
                .build();
        long closesUs = lifetimeUs == NEVER_US ? NEVER_US : openedUs + lifetimeUs;
        int roundTripUs = (int) Math.min(2e6, 60_000 * Math.exp(0.7 * random.gaussian()));
        return new SimulatedPeer(peer, endpoint, openedUs, closesUs, hostile, pings, roundTripUs);
    }

    private void register(SimulatedPeer peer) {
        peer.index = open.size();
        open.add(peer);
        closing.add(peer);
        if (peer.inbound()) {
            inbound++;
        }
    }

    private void leaves(SimulatedPeer peer) {
        if (!peer.inbound()) {
            leaving.add(peer);
        }
    }

    private void remove(SimulatedPeer peer) {
        peer.closed = true;
        closing.remove(peer);
        SimulatedPeer last = open.remove(open.size() - 1);
        if (last != peer) {
            open.set(peer.index, last);
            last.index = peer.index;
        }
        if (peer.inbound()) {
            inbound--;
        }
    }

    private EndedConnection ended(SimulatedPeer peer) {
        return EndedConnection.newBuilder()
                .setPeer(peer.peer)
                .setNetwork(PeerNetwork.PEER_NETWORK_IPV4)
                .setConnectedAtS(node.clockUs(peer.openedUs) / 1_000_000)
                .build();
    }
}
