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
    private long knownSinceNs;
    /** Whether our getaddr is counted: Core sends one in the life of a connection (m_getaddr_sent). */
    private boolean asked;

    private TokenBucket(double tokens, long atNs, boolean exact) {
        this.tokens = tokens;
        this.atNs = atNs;
        this.knownSinceNs = atNs;
        this.exact = exact;
    }

    static TokenBucket ofNewPeer(long openedAtNs) {
        return new TokenBucket(1, openedAtNs, true);
    }

    /**
     * What the peer sent before is not known. The bucket starts full, so that honest traffic is not taken for a flood.
     */
    static TokenBucket ofUnknownPeer(long nowNs) {
        return new TokenBucket(CAP, nowNs, false);
    }

    /**
     * Messages of the peer were missed before that time. Missed entries would have left fewer tokens, never more. So
     * the bucket stays as it is, and a flood that makes the agent lose calls can't hide itself.
     */
    void missedUntil(long atNs) {
        if (atNs > knownSinceNs) {
            knownSinceNs = atNs;
            exact = false;
        }
    }

    boolean exact() {
        return exact;
    }

    /** Only the first counts. */
    void getaddrSent() {
        tokens += asked ? 0 : GETADDR;
        asked = true;
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
        out.real(tokens).number(atNs).flag(exact).number(knownSinceNs).flag(asked);
    }

    static TokenBucket restore(StateReader in, int version) {
        TokenBucket bucket = new TokenBucket(in.real(), in.number(), in.flag());
        if (version >= 2) {
            bucket.knownSinceNs = in.number();
            bucket.asked = in.flag();
        }
        return bucket;
    }
}
