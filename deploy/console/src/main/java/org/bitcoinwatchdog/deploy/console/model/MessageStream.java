package org.bitcoinwatchdog.deploy.console.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The lines of one node, or of one of its peers, on the way to one reader. A reader that is too slow misses the oldest,
 * and is told how many.
 */
public final class MessageStream {
    /** @param missed lines before these that were dropped */
    public record Batch(List<Line> lines, long missed) {
    }

    private final String node;
    private final Long peer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Line> waiting = new ArrayDeque<>();
    private long missed;

    MessageStream(String node, Long peer, List<Line> before) {
        this.node = node;
        this.peer = peer;
        waiting.addAll(before);
    }

    boolean wants(String itsNode) {
        return node.equals(itsNode);
    }

    void offer(Line line) {
        if (peer != null && line.peer() != peer) {
            return;
        }
        lock.lock();
        try {
            if (waiting.size() == Bounds.WAITING_LINES) {
                waiting.removeFirst();
                missed++;
            }
            waiting.addLast(line);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** What has come; waits up to that time for something to come. */
    public Batch take(long waitMs) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMs);
            while (waiting.isEmpty() && left > 0) {
                left = arrived.awaitNanos(left);
            }
            Batch batch = new Batch(new ArrayList<>(waiting), missed);
            waiting.clear();
            missed = 0;
            return batch;
        } finally {
            lock.unlock();
        }
    }
}
