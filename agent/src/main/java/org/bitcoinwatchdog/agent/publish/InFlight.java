package org.bitcoinwatchdog.agent.publish;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The events that the producer holds unacknowledged, oldest first: those that would be lost with the producer. */
final class InFlight {
    private final Deque<UnansweredEvent> entries = new ArrayDeque<>();
    private final long mostBytes;
    private long bytes;

    /** An event that Kafka has not answered yet. */
    static final class UnansweredEvent {
        private final PendingEvent event;
        private boolean answered;

        private UnansweredEvent(PendingEvent event) {
            this.event = event;
        }

        PendingEvent event() {
            return event;
        }
    }

    InFlight(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    synchronized boolean isEmpty() {
        return entries.isEmpty();
    }

    synchronized boolean isFull() {
        return bytes >= mostBytes;
    }

    synchronized UnansweredEvent add(PendingEvent event) {
        UnansweredEvent entry = new UnansweredEvent(event);
        entries.add(entry);
        bytes += event.memoryBytes();
        return entry;
    }

    synchronized void answered(UnansweredEvent entry) {
        entry.answered = true;
        while (!entries.isEmpty() && entries.peek().answered) {
            bytes -= entries.remove().event.memoryBytes();
        }
    }

    /** Removes the newest event, which the producer did not take. */
    synchronized void removeLast(UnansweredEvent entry) {
        if (entries.peekLast() == entry) {
            entries.removeLast();
            bytes -= entry.event.memoryBytes();
        }
    }

    /** Removes and returns all events that Kafka did not answer, oldest first. */
    synchronized List<PendingEvent> takeUnanswered() {
        List<PendingEvent> unanswered = new ArrayList<>();
        entries.stream().filter(entry -> !entry.answered).forEach(entry -> unanswered.add(entry.event));
        entries.clear();
        bytes = 0;
        return unanswered;
    }
}
