package org.bitcoinwatchdog.detectors.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @Test
    void startsWithOneAndGainsATenthASecond() {
        TokenBucket bucket = TokenBucket.ofNewPeer(0);

        assertThat(bucket.spend(1, 0)).isZero();
        assertThat(bucket.spend(1, 9 * SECOND_NS)).isEqualTo(1);
        assertThat(bucket.spend(1, 10 * SECOND_NS)).isZero();
        assertThat(bucket.spend(5, 30 * SECOND_NS)).isEqualTo(3);
    }

    /** As test/functional/p2p_addr_relay.py of Bitcoin Core expects of an outbound peer. */
    @Test
    void allows1000MoreAfterOurGetaddrBeyondItsCap() {
        TokenBucket bucket = TokenBucket.ofNewPeer(0);
        bucket.getaddrSent();

        assertThat(bucket.spend(600, 0)).isZero();
        assertThat(bucket.spend(600, 0)).isEqualTo(199);
        assertThat(bucket.spend(10, 0)).isEqualTo(10);
        assertThat(bucket.spend(200, 100 * SECOND_NS)).isEqualTo(190);
        assertThat(bucket.spend(200, 1100 * SECOND_NS)).isEqualTo(100);
    }

    @Test
    void holds1000AtMostOfWhatItGains() {
        TokenBucket bucket = TokenBucket.ofNewPeer(0);

        assertThat(bucket.spend(1_500, 1_000_000 * SECOND_NS)).isEqualTo(500);
    }

    @Test
    void aClockSetBackTakesNothing() {
        TokenBucket bucket = TokenBucket.ofNewPeer(100 * SECOND_NS);

        assertThat(bucket.spend(1, 0)).isZero();
    }
}
