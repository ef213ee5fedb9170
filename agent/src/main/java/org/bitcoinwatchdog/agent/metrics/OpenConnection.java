package org.bitcoinwatchdog.agent.metrics;

/** A connection that is open now, as far as the tracepoints show. Not thread-safe. */
final class OpenConnection {
    private final ConnectionSeries series;
    private long lastMessageNs;
    private long pingNonce;
    private long pingSentNs;

    OpenConnection(ConnectionSeries series, long nowNs) {
        this.series = series;
        this.lastMessageNs = nowNs;
    }

    ConnectionSeries series() {
        return series;
    }

    void message(long nowNs) {
        lastMessageNs = nowNs;
    }

    long lastMessageNs() {
        return lastMessageNs;
    }

    /** bitcoind has at most one outstanding ping for each peer. */
    void pingSent(long nonce, long nowNs) {
        pingNonce = nonce;
        pingSentNs = nowNs;
    }

    /** The round trip in nanoseconds; negative if the pong answers no ping of this node. */
    long pongReceived(long nonce, long nowNs) {
        if (pingNonce == 0 || nonce != pingNonce) {
            return -1;
        }
        pingNonce = 0;
        return Math.max(0, nowNs - pingSentNs);
    }
}
