package org.bitcoinwatchdog.deploy.console.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.deploy.console.model.PeersView.PeerView;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.OpenedConnection;
import org.bitcoinwatchdog.events.Peer;

/**
 * The open connections of one node: from their opening and closing, and from messages of those that are older than the
 * console. One whose closing was missed goes after a silence: Core pings every two minutes and gives up after twenty.
 */
final class PeerTable {
    private static final long SILENCE_NS = 1_500_000_000_000L;

    private static final int SHOWN_GROUPS = 24;

    private final AutonomousSystems systems;
    private final Map<Long, ConnectedPeer> open = new HashMap<>();
    private long openedCount;
    private long closedCount;
    private long evictedCount;

    PeerTable(AutonomousSystems systems) {
        this.systems = systems;
    }

    void opened(OpenedConnection opened, long timeNs) {
        openedCount++;
        open.remove(opened.getPeer().getId());
        ConnectedPeer peer = known(opened.getPeer());
        peer.opened(opened.getNetwork(), timeNs);
    }

    void closed(EndedConnection ended) {
        closedCount++;
        open.remove(ended.getPeer().getId());
    }

    /** Bitcoin Core closes an evicted connection a moment later, with an event of its own. */
    void evicted() {
        evictedCount++;
    }

    ConnectedPeer message(Message message, boolean received, long timeNs) {
        ConnectedPeer peer = known(message.getPeer());
        peer.message(message, received, timeNs);
        return peer;
    }

    void misbehaved(long id) {
        ConnectedPeer peer = open.get(id);
        if (peer != null) {
            peer.misbehaved();
        }
    }

    void clear() {
        open.clear();
    }

    void forgetSilent(long nowNs) {
        open.values().removeIf(peer -> nowNs - peer.lastNs() > SILENCE_NS);
    }

    int count(boolean inbound) {
        return (int) open.values().stream().filter(peer -> peer.inbound() == inbound).count();
    }

    PeersView view() {
        Map<String, PeersView.ByDirection> networks = new TreeMap<>();
        Map<String, PeersView.ByDirection> types = new TreeMap<>();
        Map<String, PeersView.ByDirection> groups = new TreeMap<>();
        Map<String, PeersView.ByDirection> autonomous = new TreeMap<>();
        for (ConnectedPeer peer : open.values()) {
            networks.merge(peer.network(), PeersView.ByDirection.one(peer.inbound()), PeersView.ByDirection::plus);
            types.merge(peer.connectionTypeName(), PeersView.ByDirection.one(peer.inbound()), PeersView.ByDirection::plus);
            groups.merge(peer.netgroup().name(), PeersView.ByDirection.one(peer.inbound()), PeersView.ByDirection::plus);
            if (systems.known()) {
                autonomous.merge(peer.as(), PeersView.ByDirection.one(peer.inbound()), PeersView.ByDirection::plus);
            }
        }
        List<PeerView> listed = open.values().stream()
                .sorted(Comparator.comparingLong(ConnectedPeer::lastNs).reversed())
                .limit(ConsoleLimits.LISTED_PEERS)
                .map(ConnectedPeer::view)
                .sorted(Comparator.comparingLong(PeerView::id))
                .toList();
        return new PeersView(listed, open.size() - listed.size(), networks, types, largest(groups), groups.size(),
                systems.known() ? largest(autonomous) : null, openedCount, closedCount, evictedCount);
    }

    private static List<PeersView.GroupCount> largest(Map<String, PeersView.ByDirection> groups) {
        return groups.entrySet().stream()
                .map(entry -> new PeersView.GroupCount(entry.getKey(), entry.getValue().inbound(), entry.getValue().outbound()))
                .sorted(Comparator.comparingInt(PeersView.GroupCount::connections).reversed().thenComparing(PeersView.GroupCount::name))
                .limit(SHOWN_GROUPS)
                .toList();
    }

    private ConnectedPeer known(Peer peer) {
        ConnectedPeer present = open.get(peer.getId());
        if (present != null) {
            return present;
        }
        if (open.size() >= ConsoleLimits.PEERS) {
            open.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().lastNs()))
                    .ifPresent(longestSilent -> open.remove(longestSilent.getKey()));
        }
        ConnectedPeer added = new ConnectedPeer(peer, systems);
        open.put(peer.getId(), added);
        return added;
    }
}
