package org.bitcoinwatchdog.agent.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.OpenedConnection;
import org.bitcoinwatchdog.events.Peer;

/**
 * Connections by network, direction and type. Connections from before the agent attached are learned from their
 * messages. A connection whose end was lost is forgotten after a silence longer than bitcoind allows.
 */
final class ConnectionMeters {
    /**
     * Bitcoin Core disconnects after 20 minutes without a message (net.h, TIMEOUT_INTERVAL), and pings every two
     * minutes.
     */
    private static final long SILENT_NS = Duration.ofMinutes(21).toNanos();
    private static final long SWEEP_NS = Duration.ofMinutes(1).toNanos();
    /** Far above any -maxconnections in use. Further connections are not followed. */
    private static final int MOST = 8_192;
    private static final int REMEMBERED_ENDS = 64;
    private static final long NS_PER_S = 1_000_000_000L;

    private record ConnectionKind(ConnectionType type, String peerNetwork) {
    }

    private final NodeMeters meters;
    private final Map<ConnectionKind, ConnectionSeries> series = new HashMap<>();
    private final Map<Long, OpenConnection> open = new HashMap<>();
    /** A message can arrive just after its connection's end, because it comes from another thread of bitcoind. */
    private final long[] ended = new long[REMEMBERED_ENDS];
    private int nextEnded;
    private long sweptNs;

    ConnectionMeters(NodeMeters meters) {
        this.meters = meters;
        forgetEnds();
        for (String network : new String[] {"ipv4", "ipv6", "onion"}) {
            series(ConnectionType.CONNECTION_TYPE_INBOUND, network);
            series(ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY, network);
            series(ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY, network);
        }
    }

    void opened(OpenedConnection connection, long nowNs) {
        Peer peer = connection.getPeer();
        ConnectionSeries kind = series(peer.getConnectionType(), ConnectionLabels.network(connection.getNetwork()));
        kind.opened();
        enter(peer.getId(), kind, nowNs);
    }

    void evicted(EndedConnection connection) {
        series(connection.getPeer().getConnectionType(), ConnectionLabels.network(connection.getNetwork())).evicted();
    }

    void closed(EndedConnection connection, long nowNs) {
        Peer peer = connection.getPeer();
        series(peer.getConnectionType(), ConnectionLabels.network(connection.getNetwork()))
                .closed(Duration.ofNanos(nowNs - connection.getConnectedAtS() * NS_PER_S));
        leave(peer.getId());
        ended[nextEnded++ % REMEMBERED_ENDS] = peer.getId();
    }

    /** The connection of a message; null if it is not followed. */
    OpenConnection message(Peer peer, long nowNs) {
        OpenConnection connection = open.get(peer.getId());
        if (connection == null && Arrays.stream(ended).noneMatch(id -> id == peer.getId())) {
            connection = enter(peer.getId(),
                    series(peer.getConnectionType(), ConnectionLabels.networkOf(peer.getAddress())), nowNs);
        }
        if (connection != null) {
            connection.message(nowNs);
        }
        return connection;
    }

    void sweep(long nowNs) {
        if (nowNs - sweptNs < SWEEP_NS) {
            return;
        }
        sweptNs = nowNs;
        open.values().removeIf(connection -> {
            boolean silent = nowNs - connection.lastMessageNs() > SILENT_NS;
            if (silent) {
                connection.series().leave();
            }
            return silent;
        });
    }

    /** Call it when bitcoind has ended or another run of it begins. */
    void clear() {
        open.values().forEach(connection -> connection.series().leave());
        open.clear();
        forgetEnds();
    }

    private OpenConnection enter(long id, ConnectionSeries kind, long nowNs) {
        leave(id);
        if (open.size() >= MOST) {
            return null;
        }
        OpenConnection connection = new OpenConnection(kind, nowNs);
        open.put(id, connection);
        kind.enter();
        return connection;
    }

    private void leave(long id) {
        OpenConnection connection = open.remove(id);
        if (connection != null) {
            connection.series().leave();
        }
    }

    private void forgetEnds() {
        Arrays.fill(ended, -1);
    }

    private ConnectionSeries series(ConnectionType type, String peerNetwork) {
        return series.computeIfAbsent(new ConnectionKind(type, peerNetwork), kind -> new ConnectionSeries(
                meters, ConnectionLabels.direction(type), ConnectionLabels.type(type), peerNetwork));
    }
}
