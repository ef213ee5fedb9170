package org.bitcoinwatchdog.agent.kernel;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Native handles that are closed together, the last one first. If one can't be closed, the others are still closed. The
 * first failure is thrown at the end, with the others as suppressed. Not thread-safe.
 */
final class Handles implements AutoCloseable {
    private final Deque<Runnable> open = new ArrayDeque<>();

    void add(Runnable close) {
        open.push(close);
    }

    /** The opened handles have another owner now, who closes them. */
    void release() {
        open.clear();
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!open.isEmpty()) {
            try {
                open.pop().run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
