package org.bitcoinwatchdog.alerts.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The states of one alert that a sink has not been told of yet, oldest first, at most three: the end of what the sink
 * may know, a beginning, and its end. A flapping alert takes no more room than that however long its sink is away.
 */
final class Mailbox {
    private final int partition;
    private final Deque<AlertRecord> pending = new ArrayDeque<>(1);
    private AlertRecord latest;

    Mailbox(int partition) {
        this.partition = partition;
    }

    int partition() {
        return partition;
    }

    /**
     * A state that follows the others. The same state with newer evidence takes the place of the older.
     *
     * @param known whether the sink may know the alert as firing, and is to hear of that episode's end before another begins
     */
    void add(AlertRecord record, boolean known) {
        latest = record;
        AlertRecord last = pending.peekLast();
        if (last != null && last.alert().status() == record.alert().status()) {
            pending.removeLast();
        } else if (last != null && record.alert().firing() && pending.size() > 1) {
            AlertRecord end = pending.removeLast();
            pending.removeLast();
            if (known && pending.isEmpty()) {
                pending.addLast(end);
            }
        }
        pending.addLast(record);
    }

    /** A state of the time before, when everything up to it was settled. */
    void supersede(AlertRecord record) {
        pending.clear();
        add(record, false);
    }

    /** What comes next: the oldest untold state, or the current one where nothing is untold. */
    AlertRecord head() {
        return pending.isEmpty() ? latest : pending.peekFirst();
    }

    void settle(AlertRecord record) {
        if (pending.peekFirst() == record) {
            pending.removeFirst();
        }
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    boolean isOver() {
        return pending.isEmpty() && !latest.alert().firing();
    }

    OptionalLong lowestPendingOffset() {
        return pending.isEmpty() ? OptionalLong.empty() : OptionalLong.of(pending.peekFirst().offset());
    }
}
