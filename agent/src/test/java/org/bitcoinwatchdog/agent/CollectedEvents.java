package org.bitcoinwatchdog.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bitcoinwatchdog.agent.publish.EventAccount;
import org.bitcoinwatchdog.agent.publish.EventSink;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEvent.BodyCase;

/** Keeps all events in the order in which they were published. */
final class CollectedEvents implements EventSink {
    private final List<NodeEvent> events = new ArrayList<>();

    @Override
    public synchronized void enqueue(EventAccount account, NodeEvent event) {
        events.add(event);
        notifyAll();
    }

    synchronized List<NodeEvent> all() {
        return List.copyOf(events);
    }

    List<NodeEvent> of(String node) {
        return all().stream().filter(event -> event.getNode().equals(node)).toList();
    }

    NodeEvent last(String node, BodyCase body) {
        return of(node).stream()
                .filter(event -> event.getBodyCase() == body)
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /** Waits for the first event of this kind after so many others, and returns it. */
    synchronized NodeEvent await(int behind, Predicate<NodeEvent> kind) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (System.nanoTime() - end < 0) {
            for (NodeEvent event : events.subList(behind, events.size())) {
                if (kind.test(event)) {
                    return event;
                }
            }
            wait(100);
        }
        throw new AssertionError("no such event among " + (events.size() - behind));
    }

    synchronized int size() {
        return events.size();
    }
}
