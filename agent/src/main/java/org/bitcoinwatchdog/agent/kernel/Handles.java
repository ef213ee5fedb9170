package org.bitcoinwatchdog.agent.kernel;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Native handles that are closed together, the last one first. One that can't be closed keeps no other from being closed:
 * the first failure is thrown at the end, with the others as suppressed. For one thread.
 */
final class Handles implements AutoCloseable {
    private final Deque<Runnable> open = new ArrayDeque<>();

    void add(Runnable close) {
        open.push(close);
    }

    /** What was opened has an owner now, who closes it. */
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
