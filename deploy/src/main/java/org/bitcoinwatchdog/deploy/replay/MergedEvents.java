package org.bitcoinwatchdog.deploy.replay;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.bitcoinwatchdog.events.NodeEvent;

/** The events of several sources in order of time; of events at one time, those of the earlier source first. */
final class MergedEvents implements Iterator<NodeEvent> {
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparingLong(Head::timeNs).thenComparingInt(Head::source));

    private record Head(NodeEvent event, int source, Iterator<NodeEvent> rest) {
        long timeNs() {
            return event.getObservedAtNs();
        }
    }

    /** @param sources each in order of time */
    MergedEvents(List<? extends Iterator<NodeEvent>> sources) {
        for (int i = 0; i < sources.size(); i++) {
            refill(sources.get(i), i);
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public NodeEvent next() {
        Head first = heads.poll();
        if (first == null) {
            throw new NoSuchElementException();
        }
        refill(first.rest(), first.source());
        return first.event();
    }

    private void refill(Iterator<NodeEvent> source, int number) {
        if (source.hasNext()) {
            heads.add(new Head(source.next(), number, source));
        }
    }
}
