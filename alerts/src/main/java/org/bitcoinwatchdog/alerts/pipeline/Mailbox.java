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
    /**
     * A new state of an alert, for the queue of one sink.
     *
     * @param decision  {@link Decision#NOTIFY_NOW} flushes the group at once
     * @param replaces  the alert's earlier states need no notification any more: this one takes their place
     * @param notified  people at the sink know the alert as firing: they get that episode's end before another beginning
     * @param heldUntil before when people are not notified of this end. If the alert begins again by then, it did not end
     */
    record QueuedState(AlertRecord record, Decision decision, boolean replaces, boolean notified, Instant heldUntil) {
    }

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
     * A new state takes the place of all that wait, or follows them. The same state with newer evidence takes the place of
     * the older. An end that is held back is dropped when the alert begins again in time.
     */
    void add(QueuedState state, Instant now) {
        AlertRecord record = state.record();
        latest = record;
        if (state.replaces()) {
            pending.clear();
            pending.addLast(record);
            heldUntil = Instant.MIN;
            return;
        }
        if (record.alert().firing() && now.isBefore(heldUntil)) {
            pending.removeLast();
        }
        AlertRecord last = pending.peekLast();
        boolean endsAgain = last != null && !last.alert().firing() && !record.alert().firing();
        heldUntil = endsAgain ? heldUntil : state.heldUntil();
        if (last != null && last.alert().status() == record.alert().status()) {
            pending.removeLast();
        } else if (last != null && record.alert().firing() && pending.size() > 1) {
            AlertRecord end = pending.removeLast();
            pending.removeLast();
            if ((state.notified() || taken) && pending.isEmpty()) {
                pending.addLast(end);
            }
        }
        pending.addLast(record);
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
