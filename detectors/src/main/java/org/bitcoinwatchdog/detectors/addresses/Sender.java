package org.bitcoinwatchdog.detectors.addresses;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.SlidingSum;

/** A peer that sent addresses. It is kept until it is closed and its discarded entries have left the window. */
final class Sender {
    final long id;
    final String address;
    private final SlidingSum discarded;
    private final TokenBucket bucket;

    Sender(long id, String address, TokenBucket bucket, Duration window) {
        this.id = id;
        this.address = address;
        this.bucket = bucket;
        this.discarded = new SlidingSum(window);
    }

    TokenBucket bucket() {
        return bucket;
    }

    /** Its entries that Core discards within the window. */
    long discarded(long nowNs) {
        return discarded.sum(nowNs);
    }

    /** @return how many of the entries Core discards */
    long take(long entries, long nowNs) {
        long over = bucket.spend(entries, nowNs);
        if (over > 0) {
            discarded.add(nowNs, over);
        }
        return over;
    }

    @Override
    public String toString() {
        return address + " (peer " + id + ")";
    }

    void save(StateWriter out) {
        out.number(id).text(address);
        bucket.save(out);
        discarded.save(out);
    }

    static Sender restore(StateReader in, int version, Duration window) {
        Sender sender = new Sender(in.number(), in.text(), TokenBucket.restore(in, version), window);
        if (version >= 3) {
            sender.discarded.restore(in);
            return sender;
        }
        for (int figure = 0; figure < 4; figure++) {
            in.number(); // counted since the peer's first message, so not comparable with the window
        }
        new SlidingSum(window).restore(in); // the node's window starts anew, and so does the peer's part of it
        return sender;
    }
}
