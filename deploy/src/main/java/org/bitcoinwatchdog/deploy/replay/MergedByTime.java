package org.bitcoinwatchdog.deploy.replay;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/** Several sources as one, in order of time. At equal times the earlier source comes first. */
final class MergedByTime<T> implements Iterator<T> {
    private final ToLongFunction<T> timeNs;
    private final PriorityQueue<Head<T>> heads =
            new PriorityQueue<>(Comparator.<Head<T>>comparingLong(Head::timeNs).thenComparingInt(Head::source));
    private long count;

    private record Head<T>(T value, long timeNs, int source, Iterator<T> rest) {
    }

    /** @param sources each in order of time */
    MergedByTime(List<? extends Iterator<T>> sources, ToLongFunction<T> timeNs) {
        this.timeNs = timeNs;
        for (int i = 0; i < sources.size(); i++) {
            refill(sources.get(i), i);
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public T next() {
        Head<T> first = heads.poll();
        if (first == null) {
            throw new NoSuchElementException();
        }
        count++;
        refill(first.rest(), first.source());
        return first.value();
    }

    /** Values given out so far. */
    long count() {
        return count;
    }

    private void refill(Iterator<T> rest, int source) {
        if (rest.hasNext()) {
            T value = rest.next();
            heads.add(new Head<>(value, timeNs.applyAsLong(value), source, rest));
        }
    }
}
