package org.bitcoinwatchdog.detectors.topology;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Faults after which the detectors continue, for {@code /healthz}. */
final class RecentFaults {
    /**
     * The cause of one ended thread may be a broker. This many in a short time come from one record again and again.
     */
    private static final int MANY_THREADS = 3;

    private final Deque<Long> threadsEndedAtNs = new ArrayDeque<>();
    private String fault;
    private long faultAtNs;

    synchronized void fault(String text) {
        fault = text;
        faultAtNs = System.nanoTime();
    }

    synchronized void threadEnded() {
        threadsEndedAtNs.addLast(System.nanoTime());
        if (threadsEndedAtNs.size() > MANY_THREADS) {
            threadsEndedAtNs.removeFirst();
        }
    }

    synchronized Optional<String> within(Duration span) {
        long since = System.nanoTime() - span.toNanos();
        if (fault != null && faultAtNs - since > 0) {
            return Optional.of(fault);
        }
        boolean again = threadsEndedAtNs.stream().filter(at -> at - since > 0).count() == MANY_THREADS;
        return again ? Optional.of("threads end by faults again and again; the log has the reason") : Optional.empty();
    }
}
