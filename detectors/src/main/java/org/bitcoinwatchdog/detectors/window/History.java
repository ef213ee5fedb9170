package org.bitcoinwatchdog.detectors.window;

import java.util.Arrays;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/** The values of the last windows, none of them negative, and their usual range. */
public final class History {
    /** Factor from the median absolute deviation of normal values to their standard deviation. */
    private static final double TO_SIGMA = 1.4826;
    /** Lower limit: the deviation of steady counts is 0, and any change would be an anomaly. */
    private static final double LEAST_DEVIATION = 0.1;
    private static final int FEW = 8;

    private final int windows;
    /** Grows up to {@link #windows}. */
    private long[] values = {};
    private int size;
    private int next;
    /** Cached {@link #median}, which rules need far more often than a window ends; NaN if it must be computed. */
    private double median = Double.NaN;

    public History(int windows) {
        this.windows = windows;
    }

    public void add(long value) {
        if (next == values.length) {
            values = Arrays.copyOf(values, Math.min(windows, Math.max(FEW, 2 * next)));
        }
        values[next] = value;
        next = (next + 1) % windows;
        size = Math.min(size + 1, windows);
        median = Double.NaN;
    }

    public int size() {
        return size;
    }

    /** 0 before the first value. */
    public double median() {
        if (Double.isNaN(median)) {
            median = median(Arrays.stream(values, 0, size).asDoubleStream().toArray());
        }
        return median;
    }

    /**
     * Distance of a value from the median on the scale ln(1 + x), in units of the scaled median absolute deviation
     * there. Counts of traffic are skewed, and their spread grows with them.
     */
    public double logDeviations(long value) {
        double[] logs = Arrays.stream(values, 0, size).mapToDouble(Math::log1p).toArray();
        double median = median(logs);
        double[] distances = Arrays.stream(logs).map(log -> Math.abs(log - median)).toArray();
        return (Math.log1p(value) - median) / Math.max(LEAST_DEVIATION, TO_SIGMA * median(distances));
    }

    private static double median(double[] of) {
        if (of.length == 0) {
            return 0;
        }
        Arrays.sort(of);
        int middle = of.length / 2;
        return of.length % 2 == 1 ? of[middle] : (of[middle - 1] + of[middle]) / 2;
    }

    public void save(StateWriter out) {
        out.number(size).number(next);
        for (int i = 0; i < size; i++) {
            out.number(values[i]);
        }
    }

    /** Drops the values if they were kept for another number of windows. */
    public void restore(StateReader in) {
        int stored = in.integer();
        int storedNext = in.integer();
        boolean fits = stored <= windows && storedNext < windows;
        values = new long[fits ? stored : 0];
        for (int i = 0; i < stored; i++) {
            long value = in.number();
            if (fits) {
                values[i] = value;
            }
        }
        size = fits ? stored : 0;
        next = fits ? storedNext : 0;
        median = Double.NaN;
    }
}
