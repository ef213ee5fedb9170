package org.bitcoinwatchdog.deploy.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Bounds what clients can hold. A connection is closed when no request began or ended on it for the time limit: it is idle,
 * or sends or reads too slowly. When too many are open, the one that has waited longest makes room, so that a new client, such
 * as a health check, is always served. Streams of events do not count here.
 *
 * <p>Jetty's own idle timeout starts again with each byte, and its limit of connections stops accepting.
 */
final class OpenConnections implements Connection.Listener {
    private final int most;
    private final Duration limit;
    private final Scheduler scheduler;
    /** When a request last began or ended, in order: the longest ago comes first. */
    private final Map<Connection, Long> sinceNs = new LinkedHashMap<>();
    private boolean sweeping;

    OpenConnections(int most, Duration limit, Scheduler scheduler) {
        this.most = most;
        this.limit = limit;
        this.scheduler = scheduler;
    }

    @Override
    public void onOpened(Connection connection) {
        touch(connection);
        close(surplus());
    }

    @Override
    public synchronized void onClosed(Connection connection) {
        sinceNs.remove(connection);
    }

    /** A request began or ended on it. */
    synchronized void touch(Connection connection) {
        sinceNs.remove(connection);
        if (connection.getEndPoint().isOpen()) {
            sinceNs.put(connection, System.nanoTime());
            sweepLater(limit.toNanos());
        }
    }

    /** It becomes a stream, which stays open. */
    synchronized void keep(Connection connection) {
        sinceNs.remove(connection);
    }

    synchronized int size() {
        return sinceNs.size();
    }

    private synchronized List<Connection> surplus() {
        List<Connection> surplus = new ArrayList<>();
        for (Iterator<Connection> eldest = sinceNs.keySet().iterator(); sinceNs.size() > most; eldest.remove()) {
            surplus.add(eldest.next());
        }
        return surplus;
    }

    private synchronized List<Connection> overdue() {
        sweeping = false;
        List<Connection> overdue = new ArrayList<>();
        long now = System.nanoTime();
        for (Iterator<Map.Entry<Connection, Long>> eldest = sinceNs.entrySet().iterator(); eldest.hasNext(); eldest.remove()) {
            Map.Entry<Connection, Long> next = eldest.next();
            long leftNs = limit.toNanos() - (now - next.getValue());
            if (leftNs > 0) {
                sweepLater(leftNs);
                break;
            }
            overdue.add(next.getKey());
        }
        return overdue;
    }

    private void sweepLater(long inNs) {
        if (!sweeping) {
            sweeping = true;
            scheduler.schedule(() -> close(overdue()), TimeUnit.NANOSECONDS.toMillis(inNs) + 1, TimeUnit.MILLISECONDS);
        }
    }

    /** Outside the lock, because closing a connection calls its listeners. */
    private static void close(List<Connection> connections) {
        connections.forEach(connection -> connection.getEndPoint().close());
    }
}
