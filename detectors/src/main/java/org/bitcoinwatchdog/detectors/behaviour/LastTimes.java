package org.bitcoinwatchdog.detectors.behaviour;

import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/** The times at which something happened last. */
final class LastTimes {
    private final long[] timesNs;
    private int next;
    private int size;

    LastTimes(int most) {
        timesNs = new long[most];
    }

    void add(long nowNs) {
        timesNs[next] = nowNs;
        next = (next + 1) % timesNs.length;
        size = Math.min(size + 1, timesNs.length);
    }

    /** Whether the list is full. */
    boolean full() {
        return size == timesNs.length;
    }

    long oldestNs() {
        return timesNs[full() ? next : 0];
    }

    long newestNs() {
        return timesNs[(next + timesNs.length - 1) % timesNs.length];
    }

    int since(long sinceNs) {
        int since = 0;
        for (int i = 0; i < size; i++) {
            since += timesNs[i] >= sinceNs ? 1 : 0;
        }
        return since;
    }

    /** Saves the oldest time, then the others as distances from it. */
    void save(StateWriter out) {
        long oldest = oldestNs();
        out.number(size).number(oldest);
        for (int i = 1; i < size; i++) {
            out.number(timesNs[(full() ? next + i : i) % timesNs.length] - oldest);
        }
    }

    static LastTimes restore(StateReader in, int most) {
        LastTimes times = new LastTimes(most);
        int stored = in.integer();
        long oldest = in.number();
        for (int i = 0; i < stored; i++) {
            times.add(i == 0 ? oldest : oldest + in.number());
        }
        return times;
    }
}
