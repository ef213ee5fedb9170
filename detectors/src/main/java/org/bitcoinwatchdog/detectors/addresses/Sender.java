package org.bitcoinwatchdog.detectors.addresses;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.SlidingSum;

/** A peer that sent addresses, until it is gone and what Core discarded of it has left the window. */
final class Sender {
    final long id;
    final String address;
    final SlidingSum discarded;
    private final TokenBucket bucket;
    private Figures figures = Figures.NONE;

    Sender(long id, String address, TokenBucket bucket, Duration window) {
        this.id = id;
        this.address = address;
        this.bucket = bucket;
        this.discarded = new SlidingSum(window);
    }

    TokenBucket bucket() {
        return bucket;
    }

    /** Since the peer's first message. */
    Figures figures() {
        return figures;
    }

    /** @return how many entries Core discards */
    long take(Figures message, long nowNs) {
        long over = bucket.spend(message.entries(), nowNs);
        figures = figures.plus(message);
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
        figures.save(out);
        discarded.save(out);
    }

    static Sender restore(StateReader in, int version, Duration window) {
        Sender sender = new Sender(in.number(), in.text(), TokenBucket.restore(in, version), window);
        sender.figures = Figures.restore(in);
        sender.discarded.restore(in);
        return sender;
    }
}
