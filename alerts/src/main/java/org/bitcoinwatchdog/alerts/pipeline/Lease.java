package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time during which no other worker can own this worker's partitions. What only a member of the consumer group can do
 * renews it. So a worker that is cut off from Kafka stops notifying before another one takes over.
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

    /** A lease that never ends, for a worker without others. */
    static Lease endless() {
        Lease lease = new Lease(() -> 0);
        lease.renew(0, Duration.ofDays(1));
        return lease;
    }

    /**
     * @param fromNs when the worker asked for what Kafka has granted since, by {@link System#nanoTime}
     * @return whether it had ended
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
