package org.bitcoinwatchdog.deploy.replay;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.bitcoinwatchdog.events.RecordedCall;

/** The calls of several recordings in order of time; of calls at one time, those of the earlier recording first. */
public final class MergedCalls implements Iterator<RecordedCall> {
    private final PriorityQueue<Head> heads =
            new PriorityQueue<>(Comparator.comparingLong(Head::timeNs).thenComparingInt(Head::source));
    private long count;

    private record Head(RecordedCall call, int source, Iterator<RecordedCall> rest) {
        long timeNs() {
            return call.timeNs();
        }
    }

    /** @param recordings each in order of time */
    public MergedCalls(List<? extends Iterator<RecordedCall>> recordings) {
        for (int i = 0; i < recordings.size(); i++) {
            refill(recordings.get(i), i);
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public RecordedCall next() {
        Head first = heads.poll();
        if (first == null) {
            throw new NoSuchElementException();
        }
        count++;
        refill(first.rest(), first.source());
        return first.call();
    }

    /** Calls given out so far. */
    public long count() {
        return count;
    }

    private void refill(Iterator<RecordedCall> recording, int source) {
        if (recording.hasNext()) {
            heads.add(new Head(recording.next(), source, recording));
        }
    }
}
