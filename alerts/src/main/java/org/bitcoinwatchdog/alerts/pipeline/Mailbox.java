package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The states of one alert that a sink has not been told of yet, oldest first, at most three: the end of what the sink
 * may know, a beginning, and its end. However often an alert comes and goes while its sink is away, it takes no more room.
 */
final class Mailbox {
    private final int partition;
    private final Deque<AlertRecord> pending = new ArrayDeque<>(1);
    private AlertRecord latest;
    private Instant heldUntil = Instant.MIN;
    private boolean taken;

    Mailbox(int partition) {
        this.partition = partition;
    }

    int partition() {
        return partition;
    }

    /**
     * A state that follows the others. The same state with newer evidence takes the place of the older.
     *
     * @param told      whether the sink knows the alert as firing, and is to hear of that episode's end before another begins
     * @param heldUntil before when an end is kept back: if another beginning is added by then, it was none
     */
    void add(AlertRecord record, boolean told, Instant heldUntil, Instant now) {
        latest = record;
        if (record.alert().firing() && now.isBefore(this.heldUntil)) {
            pending.removeLast();
        }
        AlertRecord last = pending.peekLast();
        boolean endsAgain = last != null && !last.alert().firing() && !record.alert().firing();
        this.heldUntil = endsAgain ? this.heldUntil : heldUntil;
        if (last != null && last.alert().status() == record.alert().status()) {
            pending.removeLast();
        } else if (last != null && record.alert().firing() && pending.size() > 1) {
            AlertRecord end = pending.removeLast();
            pending.removeLast();
            if ((told || taken) && pending.isEmpty()) {
                pending.addLast(end);
            }
        }
        pending.addLast(record);
    }

    /** A state of the time before, when everything up to it was settled. */
    void supersede(AlertRecord record) {
        pending.clear();
        add(record, false, Instant.MIN, Instant.MAX);
    }

    /** What comes next: the oldest untold state, or the current one where nothing is untold. */
    AlertRecord head() {
        return pending.isEmpty() ? latest : pending.peekFirst();
    }

    /** What comes next, to be told: from now on the sink may know of it. */
    AlertRecord take() {
        taken = true;
        return head();
    }

    void acknowledge(AlertRecord record) {
        taken = false;
        if (pending.peekFirst() == record) {
            pending.removeFirst();
        }
    }

    boolean hasPending() {
        return !pending.isEmpty();
    }

    /** Whether what comes next is an end that is kept back. */
    boolean isHeld(Instant now) {
        return pending.size() == 1 && now.isBefore(heldUntil);
    }

    Instant heldUntil() {
        return heldUntil;
    }

    boolean isOver() {
        return pending.isEmpty() && !latest.alert().firing();
    }

    OptionalLong lowestPendingOffset() {
        return pending.isEmpty() ? OptionalLong.empty() : OptionalLong.of(pending.peekFirst().offset());
    }
}
