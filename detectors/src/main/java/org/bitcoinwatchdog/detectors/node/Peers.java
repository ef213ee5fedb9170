package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.bitcoinwatchdog.detectors.network.NetAddress;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.OpenedConnection;

/** A node's open connections: from those opened and ended, and from messages of peers that were there before the agent. */
public final class Peers implements Stateful {
    /** Core closes a connection that neither sent nor received for this long (TIMEOUT_INTERVAL, net.h). */
    private static final long SILENT_NS = Duration.ofMinutes(20).toNanos();
    /** Core pings every 2 minutes (PING_INTERVAL): who was not heard for this long after a hole was closed in it. */
    private static final long AFTER_HOLE_NS = Duration.ofMinutes(5).toNanos();
    /** How exactly it is kept when a peer was heard, so that not every message changes the state. */
    private static final long HEARD_STEP_NS = Duration.ofSeconds(30).toNanos();
    /** The message thread may still handle what a peer sent before its connection ended. */
    private static final int REMEMBERED_ENDED = 64;

    private final Optional<Asmap> asmap;
    private final Map<Long, Peer> open = new LinkedHashMap<>();
    private final Deque<Long> ended = new ArrayDeque<>();
    private long membership;

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

    public boolean knowsAs() {
        return asmap.isPresent();
    }

    public OptionalInt asOf(NetAddress address) {
        return asmap.map(map -> map.as(address)).orElseGet(OptionalInt::empty);
    }

    /** @return whether anything that is kept changed */
    boolean on(NodeEvent event, Continuity continuity) {
        boolean cleared = (continuity.restarted() || continuity.stopped()) && clear();
        long now = continuity.nowNs();
        return cleared | switch (event.getBodyCase()) {
            case INBOUND_CONNECTION -> opened(event.getInboundConnection(), now);
            case OUTBOUND_CONNECTION -> opened(event.getOutboundConnection(), now);
            case EVICTED_INBOUND_CONNECTION -> ended(event.getEvictedInboundConnection());
            case CLOSED_CONNECTION -> ended(event.getClosedConnection());
            case INBOUND_MESSAGE -> heard(event.getInboundMessage().getPeer(), now);
            case OUTBOUND_MESSAGE -> heard(event.getOutboundMessage().getPeer(), now);
            default -> false;
        };
    }

    /** Drops those whose end was missed. */
    boolean tick(Continuity continuity) {
        long now = continuity.nowNs();
        long hole = continuity.connectionsKnownSinceNs();
        boolean dropped = open.values().removeIf(peer -> now - peer.heardAtNs() > SILENT_NS
                || peer.heardAtNs() < hole && now - hole > AFTER_HOLE_NS);
        membership += dropped ? 1 : 0;
        return dropped;
    }

    private boolean opened(OpenedConnection connection, long now) {
        org.bitcoinwatchdog.events.Peer peer = connection.getPeer();
        ended.remove(peer.getId());
        open.put(peer.getId(), peer(peer, now, now));
        membership++;
        return true;
    }

    private boolean ended(EndedConnection connection) {
        long id = connection.getPeer().getId();
        if (open.remove(id) == null && ended.contains(id)) {
            return false; // evicted, then closed
        }
        ended.addLast(id);
        if (ended.size() > REMEMBERED_ENDED) {
            ended.removeFirst();
        }
        membership++;
        return true;
    }

    private boolean heard(org.bitcoinwatchdog.events.Peer from, long now) {
        Peer known = open.get(from.getId());
        if (known != null) {
            boolean later = now - known.heardAtNs() >= HEARD_STEP_NS || now < known.heardAtNs();
            if (later) {
                known.heard(now);
            }
            return later;
        }
        if (ended.contains(from.getId())) {
            return false;
        }
        open.put(from.getId(), peer(from, 0, now));
        membership++;
        return true;
    }

    private boolean clear() {
        open.clear();
        ended.clear();
        membership++;
        return true;
    }

    private Peer peer(org.bitcoinwatchdog.events.Peer peer, long openedAt, long now) {
        return new Peer(peer.getId(), peer.getAddress(), peer.getConnectionType(), openedAt, now, asmap);
    }

    @Override
    public String section() {
        return "peers";
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).each(open.values(), (peer, to) -> to.number(peer.id()).text(peer.address())
                .number(peer.type().getNumber()).number(peer.openedAtNs()).number(peer.heardAtNs()));
        out.each(ended, (id, to) -> to.number(id));
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        in.each(from -> {
            long id = from.number();
            String address = from.text();
            ConnectionType known = ConnectionType.forNumber(from.integer());
            ConnectionType type = known == null ? ConnectionType.CONNECTION_TYPE_UNSPECIFIED : known;
            open.put(id, new Peer(id, address, type, from.number(), from.number(), asmap));
        });
        in.each(from -> ended.addLast(from.number()));
    }
}
