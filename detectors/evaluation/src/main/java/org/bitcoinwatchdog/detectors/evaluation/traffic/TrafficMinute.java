package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A minute of one node's calls, in the order of their generation, and calls already known for later minutes. Plain
 * arrays: this is the generator's inner loop.
 */
public final class TrafficMinute {
    public static final long LENGTH_US = 60_000_000;

    private record Later(long atUs, long order, Traced traced, Object body) {
    }

    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparingLong(Later::atUs).thenComparingLong(Later::order));
    private final long gridUs;
    private long fromUs;
    private long order;
    private int size;
    private long[] atUs = new long[256];
    private byte[] traced = new byte[256];
    private Object[] bodies = new Object[256];

    TrafficMinute(long gridUs) {
        this.gridUs = gridUs;
    }

    /** The moment of inexact calls at or before that time. */
    long rounded(long atUs) {
        return atUs - Math.floorMod(atUs, gridUs);
    }

    void begin(long atUs) {
        fromUs = atUs;
        Arrays.fill(bodies, 0, size, null);
        size = 0;
        while (!later.isEmpty() && later.peek().atUs < toUs()) {
            Later due = later.poll();
            put(due.atUs, due.traced, due.body);
        }
    }

    public long fromUs() {
        return fromUs;
    }

    public long toUs() {
        return fromUs + LENGTH_US;
    }

    /** Adds a call, now or for the minute that it falls into. Calls before this minute move to its begin. */
    public void add(long atUs, Traced kind, Object body) {
        if (atUs >= toUs()) {
            later.add(new Later(atUs, order++, kind, body));
        } else {
            put(Math.max(atUs, fromUs), kind, body);
        }
    }

    /** Drops the remaining calls, except one kind, whose calls all happen at that time. */
    void keepOnly(Traced kind, long at) {
        List<Object> keep = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (traced(i) == kind) {
                keep.add(bodies[i]);
            }
        }
        later.stream().filter(due -> due.traced == kind).forEach(due -> keep.add(due.body));
        clear();
        keep.forEach(body -> add(at, kind, body));
    }

    /** Drops the remaining calls, as when a process ends. */
    void clear() {
        later.clear();
        size = 0;
    }

    int size() {
        return size;
    }

    long atUs(int index) {
        return atUs[index];
    }

    Traced traced(int index) {
        return Traced.of(traced[index]);
    }

    Object body(int index) {
        return bodies[index];
    }

    private void put(long at, Traced kind, Object body) {
        if (size == bodies.length) {
            atUs = Arrays.copyOf(atUs, 2 * size);
            traced = Arrays.copyOf(traced, 2 * size);
            bodies = Arrays.copyOf(bodies, 2 * size);
        }
        atUs[size] = at;
        traced[size] = (byte) kind.ordinal();
        bodies[size++] = body;
    }
}
