package org.bitcoinwatchdog.deploy.console.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private final Map<Long, OpenPeer> open = new HashMap<>();
    private long openedCount;
    private long closedCount;
    private long evictedCount;

    PeerTable(AutonomousSystems systems) {
        this.systems = systems;
    }

    void opened(OpenedConnection opened, long timeNs) {
        openedCount++;
        open.remove(opened.getPeer().getId());
        OpenPeer peer = known(opened.getPeer());
        peer.opened(opened.getNetwork(), timeNs);
    }

    void closed(EndedConnection ended) {
        closedCount++;
        open.remove(ended.getPeer().getId());
    }

    /** Core closes an evicted connection a moment later, which is told as its closing. */
    void evicted() {
        evictedCount++;
    }

    OpenPeer message(Message message, boolean received, long timeNs) {
        OpenPeer peer = known(message.getPeer());
        peer.message(message, received, timeNs);
        return peer;
    }

    void misbehaved(long id) {
        OpenPeer peer = open.get(id);
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
        Map<String, PeersView.Split> networks = new TreeMap<>();
        Map<String, PeersView.Split> types = new TreeMap<>();
        Map<String, PeersView.Split> groups = new TreeMap<>();
        Map<String, PeersView.Split> autonomous = new TreeMap<>();
        for (OpenPeer peer : open.values()) {
            networks.merge(peer.network(), PeersView.Split.one(peer.inbound()), PeersView.Split::plus);
            types.merge(peer.connectionTypeName(), PeersView.Split.one(peer.inbound()), PeersView.Split::plus);
            groups.merge(peer.netgroup().name(), PeersView.Split.one(peer.inbound()), PeersView.Split::plus);
            if (systems.known()) {
                autonomous.merge(peer.as(), PeersView.Split.one(peer.inbound()), PeersView.Split::plus);
            }
        }
        List<PeerView> listed = open.values().stream()
                .sorted(Comparator.comparingLong(OpenPeer::lastNs).reversed())
                .limit(Bounds.LISTED_PEERS)
                .map(OpenPeer::view)
                .sorted(Comparator.comparingLong(PeerView::id))
                .toList();
        return new PeersView(listed, open.size() - listed.size(), networks, types, largest(groups), groups.size(),
                systems.known() ? largest(autonomous) : null, openedCount, closedCount, evictedCount);
    }

    private static List<PeersView.Group> largest(Map<String, PeersView.Split> groups) {
        return groups.entrySet().stream()
                .map(entry -> new PeersView.Group(entry.getKey(), entry.getValue().inbound(), entry.getValue().outbound()))
                .sorted(Comparator.comparingInt(PeersView.Group::connections).reversed().thenComparing(PeersView.Group::name))
                .limit(SHOWN_GROUPS)
                .toList();
    }

    private OpenPeer known(Peer peer) {
        OpenPeer present = open.get(peer.getId());
        if (present != null) {
            return present;
        }
        if (open.size() >= Bounds.PEERS) {
            open.entrySet().stream()
                    .min(Comparator.comparingLong(entry -> entry.getValue().lastNs()))
                    .ifPresent(longestSilent -> open.remove(longestSilent.getKey()));
        }
        OpenPeer added = new OpenPeer(peer, systems);
        open.put(peer.getId(), added);
        return added;
    }
}
