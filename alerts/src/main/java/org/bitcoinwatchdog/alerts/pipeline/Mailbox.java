package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * The states of one alert that wait for a sink, oldest first. At most three wait: the end of the episode that the sink may
 * know, a beginning, and its end. So an alert that comes and goes while its sink is away takes no more room.
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
     * @param notified  people at the sink know the alert as firing: they get that episode's end before another beginning
     * @param heldUntil before when an end is held back: if the alert begins again by then, the end is dropped
     */
    void add(AlertRecord record, boolean notified, Instant heldUntil, Instant now) {
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
            if ((notified || taken) && pending.isEmpty()) {
                pending.addLast(end);
            }
        }
        pending.addLast(record);
    }

    /** A state that takes the place of all that wait. */
    void replaceWith(AlertRecord record) {
        pending.clear();
        add(record, false, Instant.MIN, Instant.MAX);
    }

    /** The oldest state that waits, or the present state if none waits. */
    AlertRecord head() {
        return pending.isEmpty() ? latest : pending.peekFirst();
    }

    /** As {@link #head}, for a flush: from now on the sink may know it. */
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

    /** Whether the only state that waits is an end that is held back. */
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
