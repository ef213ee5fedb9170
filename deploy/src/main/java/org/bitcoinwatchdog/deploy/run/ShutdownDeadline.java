package org.bitcoinwatchdog.deploy.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process if its parts do not close in time. Each part has a limit of its own; this one is for a part that
 * breaks it. It is shorter than the units' TimeoutStopSec, so the log names the reason.
 */
public final class ShutdownDeadline implements AutoCloseable {
    public static final Duration LIMIT = Duration.ofSeconds(80);
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownDeadline.class);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Duration limit;
    private final Runnable end;

    /** @param failed the exit status if the limit passes */
    public ShutdownDeadline(int failed) {
        this(LIMIT, () -> Runtime.getRuntime().halt(failed));
    }

    ShutdownDeadline(Duration limit, Runnable end) {
        this.limit = limit;
        this.end = end;
    }

    /** The parts begin to close. */
    public void start() {
        Thread thread = new Thread(this::watch, "shutdown-deadline");
        thread.setDaemon(true);
        thread.start();
    }

    /** They are closed. */
    @Override
    public void close() {
        closed.countDown();
    }

    private void watch() {
        try {
            if (!closed.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.error("the parts did not close within {} s: the process ends now", limit.toSeconds());
                end.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
