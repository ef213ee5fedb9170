package org.bitcoinwatchdog.detectors.addresses;

import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/**
 * The bucket by which Bitcoin Core limits the addresses that it takes from a peer (PR 22387, ProcessAddrs in
 * net_processing.cpp): it starts at 1, gains 0.1 a second up to 1,000, and 1,000 beyond that when our node sends
 * getaddr. Each entry spends one; entries that find less than one are discarded.
 */
final class TokenBucket {
    /** MAX_ADDR_RATE_PER_SECOND. */
    private static final double PER_SECOND = 0.1;
    /** MAX_ADDR_PROCESSING_TOKEN_BUCKET. */
    private static final double CAP = 1_000;
    /** MAX_ADDR_TO_SEND. */
    private static final double GETADDR = 1_000;
    private static final double NS_PER_S = 1e9;

    private double tokens;
    private long atNs;
    /** Whether everything that the peer sent was seen. */
    private boolean exact;

    private TokenBucket(double tokens, long atNs, boolean exact) {
        this.tokens = tokens;
        this.atNs = atNs;
        this.exact = exact;
    }

    static TokenBucket ofNewPeer(long openedAtNs) {
        return new TokenBucket(1, openedAtNs, true);
    }

    /** What the peer sent before is not known: as full as it may be, so that nothing honest is taken for a flood. */
    static TokenBucket ofUnknownPeer(long nowNs) {
        return new TokenBucket(CAP, nowNs, false);
    }

    /** As {@link #ofUnknownPeer}, where messages of the peer were missed since the bucket's last use. */
    void missedUntil(long knownSinceNs, long nowNs) {
        if (knownSinceNs > atNs) {
            tokens = Math.max(tokens, CAP);
            atNs = nowNs;
            exact = false;
        }
    }

    boolean exact() {
        return exact;
    }

    void getaddrSent() {
        tokens += GETADDR;
    }

    /** @return how many of the entries Core discards */
    long spend(long entries, long nowNs) {
        if (tokens < CAP) {
            tokens = Math.min(tokens + Math.max(0, nowNs - atNs) / NS_PER_S * PER_SECOND, CAP);
        }
        atNs = nowNs;
        long taken = Math.min(entries, (long) tokens);
        tokens -= taken;
        return entries - taken;
    }

    void save(StateWriter out) {
        out.real(tokens).number(atNs).flag(exact);
    }

    static TokenBucket restore(StateReader in) {
        return new TokenBucket(in.real(), in.number(), in.flag());
    }
}
