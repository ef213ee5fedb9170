package org.bitcoinwatchdog.detectors.window;

import java.time.Duration;
import java.util.Arrays;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/**
 * Sum over the last {@code window} of event time, in 20 slices. A value leaves after the window, at most one slice
 * early.
 */
public final class SlidingSum {
    static final int SLICES = 20;

    private final long sliceNs;
    /** Null until something was added. Most sums stay at 0. */
    private long[] slices;
    /** Number of the newest slice, counted from the epoch. */
    private long newest;
    private long sum;

    public SlidingSum(Duration window) {
        sliceNs = sliceNs(window);
    }

    static long sliceNs(Duration window) {
        return Math.max(1, window.toNanos() / SLICES);
    }

    public void add(long nowNs, long amount) {
        advance(nowNs);
        if (slices == null) {
            slices = new long[SLICES];
        }
        slices[index(newest)] += amount;
        sum += amount;
    }

    public long sum(long nowNs) {
        advance(nowNs);
        return sum;
    }

    private void advance(long nowNs) {
        long intoNewestNs = nowNs - newest * sliceNs;
        if (intoNewestNs >= 0 && intoNewestNs < sliceNs) {
            return; // nearly always, and without a division
        }
        long slice = Math.floorDiv(nowNs, sliceNs);
        if (slices == null) {
            newest = Math.abs(slice - newest) >= SLICES ? slice : Math.max(newest, slice);
            return;
        }
        if (Math.abs(slice - newest) >= SLICES) {
            // The first time, a long silence, or a clock that was set back.
            Arrays.fill(slices, 0);
            sum = 0;
            newest = slice;
        }
        while (newest < slice) {
            newest++;
            sum -= slices[index(newest)];
            slices[index(newest)] = 0;
        }
    }

    private static int index(long slice) {
        return (int) Math.floorMod(slice, (long) SLICES);
    }

    public void save(StateWriter out) {
        out.number(newest).number(sum);
        if (sum != 0) {
            for (long slice : slices) {
                out.number(slice);
            }
        }
    }

    public void restore(StateReader in) {
        newest = in.number();
        sum = in.number();
        if (sum != 0) {
            slices = new long[SLICES];
            for (int i = 0; i < SLICES; i++) {
                slices[i] = in.number();
            }
        }
    }
}
