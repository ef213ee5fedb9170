package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Until when this worker may take for granted that its partitions are still its own. It is renewed by what only a member
 * of the workers' group can do. A worker that is cut off from Kafka falls silent before another takes over.
 */
public final class Lease {
    private final LongSupplier nanoTime;
    private volatile boolean given;
    private volatile long endNs;

    public Lease() {
        this(System::nanoTime);
    }

    Lease(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** One that never ends, for a worker without others. */
    static Lease endless() {
        Lease lease = new Lease(() -> 0);
        lease.renew(0, Duration.ofDays(1));
        return lease;
    }

    /**
     * @param fromNs when that was asked for which was granted since, by {@link System#nanoTime}
     * @return whether it had lapsed
     */
    boolean renew(long fromNs, Duration length) {
        boolean lapsed = !holds();
        endNs = fromNs + length.toNanos();
        given = true;
        return lapsed;
    }

    boolean holds() {
        return given && nanoTime.getAsLong() - endNs < 0;
    }
}
