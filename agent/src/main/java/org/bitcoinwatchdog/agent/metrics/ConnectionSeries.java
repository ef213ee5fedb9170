package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections of one kind: how many are open, and how many were opened, closed and evicted. */
final class ConnectionSeries {
    private static final Duration[] LIFETIME_BOUNDS = NodeMeters.millis(
            1_000, 10_000, 60_000, 600_000, 3_600_000, 6 * 3_600_000, 24 * 3_600_000, 7 * 24 * 3_600_000);

    private final AtomicInteger open = new AtomicInteger();
    private final Counter opened;
    private final Counter closed;
    private final Counter evicted;
    private final Timer lifetime;

    ConnectionSeries(NodeMeters meters, String direction, String type, String peerNetwork) {
        String[] labels = {"direction", direction, "type", type, "peer_network", peerNetwork};
        meters.gauge("p2p.connections", "Open connections", open::get, labels);
        opened = meters.counter("p2p.connections.opened", "Connections that were opened", labels);
        closed = meters.counter("p2p.connections.closed", "Connections that were closed", labels);
        evicted = meters.counter("p2p.connections.evicted",
                "Inbound connections that were closed to make room for another", labels);
        lifetime = meters.histogram("p2p.connection.lifetime", "Duration of a connection, at its end",
                LIFETIME_BOUNDS, labels);
    }

    void enter() {
        open.lazySet(open.getPlain() + 1);
    }

    void leave() {
        open.lazySet(open.getPlain() - 1);
    }

    void opened() {
        opened.increment();
    }

    void closed(Duration wasOpen) {
        closed.increment();
        if (!wasOpen.isNegative()) {
            lifetime.record(wasOpen);
        }
    }

    void evicted() {
        evicted.increment();
    }
}
