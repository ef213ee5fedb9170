package org.bitcoinwatchdog.detectors.window;

import java.util.Arrays;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/** The last values, up to a fixed number of them. */
public final class LastValues {
    private final long[] values;
    private int count;
    private int next;

    public LastValues(int most) {
        values = new long[most];
    }

    public void add(long value) {
        values[next] = value;
        next = (next + 1) % values.length;
        count = Math.min(count + 1, values.length);
    }

    public int count() {
        return count;
    }

    /** The median, the lower one of two; 0 without values. */
    public long median() {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[(count - 1) / 2];
    }

    public void save(StateWriter out) {
        out.number(count);
        for (int i = count; i > 0; i--) {
            out.number(values[Math.floorMod(next - i, values.length)]);
        }
    }

    public void restore(StateReader in) {
        for (int left = in.integer(); left > 0; left--) {
            add(in.number());
        }
    }
}
