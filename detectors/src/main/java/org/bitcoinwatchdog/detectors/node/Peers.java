package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.bitcoinwatchdog.detectors.network.NetAddress;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeSoftware;
import org.bitcoinwatchdog.events.OpenedConnection;

/**
 * A node's open connections, from connections opened and closed, and from messages of peers that connected before the
 * agent attached.
 */
public final class Peers implements Stateful {
    /**
     * Core closes a connection that neither sent nor received for 20 minutes (TIMEOUT_INTERVAL, net.h), and that is
     * seen. So messages of a peer that was not heard for longer are not traced.
     */
    private static final long SILENT_NS = Duration.ofMinutes(25).toNanos();
    /**
     * Core pings every 2 minutes (PING_INTERVAL). A peer not heard for this long after a hole was closed within the
     * hole.
     */
    private static final long AFTER_HOLE_NS = Duration.ofMinutes(5).toNanos();
    /** Precision of the time at which a peer was heard, so that not every message changes the state. */
    private static final Duration HEARD_STEP = Duration.ofSeconds(30);
    private static final long HEARD_STEP_NS = HEARD_STEP.toNanos();
    /** The message thread may still handle what a peer sent before its connection ended. */
    private static final int REMEMBERED_ENDED = 64;

    private final Optional<Asmap> asmap;
    private final OpenPeers open = new OpenPeers(HEARD_STEP);
    private final Deque<Long> ended = new ArrayDeque<>();
    private final ClosedAtOnce closedAtOnce = new ClosedAtOnce();
    private long membership;
    private long slotMembership;
    private long vanished;
    private long countedMembership = -1;
    private int inbound;
    private long forgottenAtNs;

    public Peers(Optional<Asmap> asmap) {
        this.asmap = asmap;
    }

    public Collection<Peer> open() {
        return Collections.unmodifiableCollection(open.values());
    }

    public Optional<Peer> find(long id) {
        return Optional.ofNullable(open.get(id));
    }

    /** Changes whenever a peer comes or goes. */
    public long membership() {
        return membership;
    }

    /** Changes whenever a peer that holds an outbound slot comes or goes, which is far more rarely. */
    public long slotMembership() {
        return slotMembership;
    }

    /** Changes whenever peers are dropped whose end was missed. */
    public long vanished() {
        return vanished;
    }

    /** How many of the open ones are inbound. */
    public int inbound() {
        if (countedMembership != membership) {
            countedMembership = membership;
            inbound = 0;
            for (Peer peer : open.values()) {
                inbound += peer.inbound() ? 1 : 0;
            }
        }
        return inbound;
    }

    /**
     * When peers were last dropped although perhaps only their messages are not traced: no other peer was heard either.
     */
    public long forgottenAtNs() {
        return forgottenAtNs;
    }

    /** When all connections closed at once; 0 if they did not. */
    public long allClosedAtNs() {
        return closedAtOnce.atNs();
    }

    public boolean knowsAs() {
        return asmap.isPresent();
    }

    public OptionalInt asOf(NetAddress address) {
        return asmap.map(map -> map.as(address)).orElseGet(OptionalInt::empty);
    }

    /** @return whether the state changed */
    boolean on(NodeEvent event, Continuity continuity) {
        boolean cleared = (continuity.restarted() || continuity.stopped()) && clear();
        long now = continuity.nowNs();
        if (event.hasInboundMessage()) {
            return cleared | heard(event.getInboundMessage().getPeer(), now) | useful(event.getInboundMessage(), now)
                    | introduced(event.getInboundMessage());
        }
        if (event.hasOutboundMessage()) {
            return cleared | heard(event.getOutboundMessage().getPeer(), now);
        }
        return cleared | switch (event.getBodyCase()) {
            case INBOUND_CONNECTION -> opened(event.getInboundConnection(), now);
            case OUTBOUND_CONNECTION -> opened(event.getOutboundConnection(), now);
            case EVICTED_INBOUND_CONNECTION -> ended(event.getEvictedInboundConnection());
            case CLOSED_CONNECTION -> closed(event.getClosedConnection(), now);
            default -> false;
        };
    }

    /** Drops peers whose end was missed. */
    boolean tick(Continuity continuity) {
        long now = continuity.nowNs();
        long hole = continuity.connectionsKnownSinceNs();
        long listeningNs = continuity.messagesKnownSinceNs();
        boolean ended = open.removeIf(peer -> peer.heardAtNs() < hole
                && (now - hole > AFTER_HOLE_NS || now - Math.max(peer.heardAtNs(), listeningNs) > AFTER_HOLE_NS));
        boolean nobodyHeard = ended && open.values().stream().noneMatch(peer -> peer.heardAtNs() >= hole);
        boolean forgotten = open.removeIf(peer -> now - peer.heardAtNs() > SILENT_NS) || nobodyHeard;
        if (forgotten) {
            forgottenAtNs = now;
        }
        if (ended || forgotten) {
            membership++;
            slotMembership++;
            vanished++;
        }
        return ended || forgotten;
    }

    private boolean opened(OpenedConnection connection, long now) {
        org.bitcoinwatchdog.events.Peer peer = connection.getPeer();
        ended.remove(peer.getId());
        came(Peer.of(peer, now, now, asmap));
        return true;
    }

    private boolean ended(EndedConnection connection) {
        long id = connection.getPeer().getId();
        Peer peer = open.remove(id);
        if (peer == null && ended.contains(id)) {
            return false; // evicted, then closed
        }
        slotMembership += peer != null && peer.holdsOutboundSlot() ? 1 : 0;
        ended.addLast(id);
        if (ended.size() > REMEMBERED_ENDED) {
            ended.removeFirst();
        }
        membership++;
        return true;
    }

    private boolean closed(EndedConnection connection, long now) {
        boolean changed = ended(connection);
        if (changed) {
            closedAtOnce.closed(open.values().size(), now);
        }
        return changed;
    }

    private boolean heard(org.bitcoinwatchdog.events.Peer from, long now) {
        if (open.heardLately(from.getId(), now)) {
            return false;
        }
        Peer known = open.get(from.getId());
        if (known != null) {
            boolean later = now - known.heardAtNs() >= HEARD_STEP_NS || now < known.heardAtNs();
            if (later) {
                known.heard(now);
            }
            open.note(known);
            return later;
        }
        if (ended.contains(from.getId())) {
            return false;
        }
        came(Peer.of(from, 0, now, asmap));
        return true;
    }

    private boolean introduced(Message message) {
        Peer peer = message.hasVersion() ? open.get(message.getPeer().getId()) : null;
        if (peer != null) {
            peer.software(NodeSoftware.of(message.getVersion().getUserAgent()).text());
        }
        return peer != null;
    }

    private boolean useful(Message message, long now) {
        long id = message.getPeer().getId();
        if (open.usefulLately(id, now) || !Peer.isUseful(message.getType())) {
            return false;
        }
        Peer peer = open.get(id);
        boolean later = peer != null && Math.abs(now - peer.usefulAtNs()) >= HEARD_STEP_NS;
        if (later) {
            peer.useful(now);
            open.note(peer);
        }
        return later;
    }

    private void came(Peer peer) {
        open.put(peer);
        closedAtOnce.opened(open.values().size());
        membership++;
        slotMembership += peer.holdsOutboundSlot() ? 1 : 0;
    }

    private boolean clear() {
        open.clear();
        ended.clear();
        closedAtOnce.clear();
        membership++;
        slotMembership++;
        vanished++;
        return true;
    }

    @Override
    public String section() {
        return "peers";
    }

    @Override
    public void save(StateWriter out) {
        out.version(4).each(open.values(), Peer::save);
        out.each(ended, (id, to) -> to.number(id)).number(forgottenAtNs);
        closedAtOnce.save(out);
    }

    @Override
    public void restore(StateReader in) {
        int version = in.version(4);
        in.each(from -> open.put(Peer.restore(from, version, asmap)));
        in.each(from -> ended.addLast(from.number()));
        forgottenAtNs = version >= 2 ? in.number() : 0;
        if (version >= 3) {
            closedAtOnce.restore(in);
        }
    }
}
