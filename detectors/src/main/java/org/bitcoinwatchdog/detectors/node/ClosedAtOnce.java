package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/**
 * Whether all connections of a node closed at once. A failing line ends them one by one, after minutes of silence. A
 * bitcoind that ends closes all of them within seconds.
 */
final class ClosedAtOnce {
    private static final long AT_ONCE_NS = Duration.ofSeconds(10).toNanos();
    /**
     * The number must be at least this many, or all that were ever open: a few last connections may close together by
     * chance.
     */
    private static final int ALL_ARE = 6;

    private long closingSinceNs;
    /** Open connections when the closing began. */
    private int closingFrom;
    /** The most connections that were open at a time in this run of bitcoind. */
    private int most;
    private long atNs;

    /** When all connections closed at once; 0 if they did not, or if one opened since. */
    long atNs() {
        return atNs;
    }

    /** @param open connections, with the new one */
    void opened(int open) {
        atNs = 0;
        most = Math.max(most, open);
    }

    /** @param open connections, without the one that closed */
    void closed(int open, long now) {
        if (now - closingSinceNs > AT_ONCE_NS || now < closingSinceNs) {
            closingSinceNs = now;
            closingFrom = open + 1;
        }
        if (open == 0 && closingFrom >= Math.max(2, Math.min(ALL_ARE, most))) {
            atNs = now;
        }
    }

    /** bitcoind ended, or another process of it began. */
    void clear() {
        most = 0;
        atNs = 0;
    }

    void save(StateWriter out) {
        out.number(closingSinceNs).number(closingFrom).number(most).number(atNs);
    }

    void restore(StateReader in) {
        closingSinceNs = in.number();
        closingFrom = in.integer();
        most = in.integer();
        atNs = in.number();
    }
}
