package org.bitcoinwatchdog.agent.publish;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bitcoinwatchdog.events.Loss;

/**
 * Events in memory, oldest first, up to a number of bytes. Adding never waits. If there is no room, the oldest events
 * are lost and counted.
 */
final class MemoryQueue {
    private final Deque<PendingEvent> events = new ArrayDeque<>();
    private final long mostBytes;
    private long bytes;
    private boolean closed;

    MemoryQueue(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized void add(PendingEvent event) {
        while (!events.isEmpty() && bytes + event.memoryBytes() > mostBytes) {
            poll().lose(Loss.Cause.CAUSE_SPOOL_FULL);
        }
        events.add(event);
        bytes += event.memoryBytes();
        if (events.size() == 1 || isHalfFull()) {
            notifyAll();
        }
    }

    /** The oldest event, or null if there is none. */
    synchronized PendingEvent poll() {
        PendingEvent event = events.poll();
        if (event != null) {
            bytes -= event.memoryBytes();
        }
        return event;
    }

    synchronized boolean isEmpty() {
        return events.isEmpty();
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized boolean isHalfFull() {
        return bytes > mostBytes / 2;
    }

    /** From now on, {@link #awaitEvent} does not wait. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits until there is an event or the queue is closed, or for the given time. */
    synchronized void awaitEvent(long millis) throws InterruptedException {
        if (events.isEmpty() && !closed) {
            wait(millis);
        }
    }

    /** Waits for the given time, or until the queue is half full. */
    synchronized void awaitHalfFull(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; left > 0 && !isHalfFull(); left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }
}
