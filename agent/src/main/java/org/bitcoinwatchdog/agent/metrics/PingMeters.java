package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.events.Message;

/** Round trips, from bitcoind's ping to the pong with the same nonce. */
final class PingMeters {
    private static final Duration[] BOUNDS = NodeMeters.millis(
            10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);

    private final Timer inbound;
    private final Timer outbound;

    PingMeters(NodeMeters meters) {
        inbound = roundTrip(meters, ConnectionLabels.INBOUND);
        outbound = roundTrip(meters, ConnectionLabels.OUTBOUND);
    }

    void sent(Message ping, OpenConnection connection, long nowNs) {
        connection.pingSent(ping.getNonce().getNonce(), nowNs);
    }

    void received(Message pong, OpenConnection connection, long nowNs) {
        long tookNs = connection.pongReceived(pong.getNonce().getNonce(), nowNs);
        if (tookNs >= 0) {
            String direction = ConnectionLabels.direction(pong.getPeer().getConnectionType());
            (direction.equals(ConnectionLabels.INBOUND) ? inbound : outbound).record(tookNs, TimeUnit.NANOSECONDS);
        }
    }

    private static Timer roundTrip(NodeMeters meters, String direction) {
        return meters.histogram("p2p.ping.round.trip", "From sending a ping to receiving its pong, by the connection's direction",
                BOUNDS, "direction", direction);
    }
}
