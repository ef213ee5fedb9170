package org.bitcoinwatchdog.deploy.console.model;

import java.util.Arrays;

/** Sums, or largest values, in the latest slots of time; older ones fall out. Times are a node's own. */
final class TimeSeries {
    private final long slotNs;
    private final boolean keepsLargest;
    private final double[] values;
    private long newest;
    private boolean empty = true;

    private TimeSeries(int slots, long slotNs, boolean keepsLargest) {
        this.values = new double[slots];
        this.slotNs = slotNs;
        this.keepsLargest = keepsLargest;
    }

    static TimeSeries ofSums(int slots, long slotNs) {
        return new TimeSeries(slots, slotNs, false);
    }

    /** Slots without a value are NaN. */
    static TimeSeries ofLargest(int slots, long slotNs) {
        return new TimeSeries(slots, slotNs, true);
    }

    void add(long timeNs, double value) {
        long slot = Math.floorDiv(timeNs, slotNs);
        advance(slot);
        if (slot <= newest - values.length) {
            return;
        }
        int index = (int) Math.floorMod(slot, (long) values.length);
        if (!keepsLargest) {
            values[index] += value;
        } else if (Double.isNaN(values[index]) || value > values[index]) {
            values[index] = value;
        }
    }

    /** The slots up to the one of that time, oldest first; null without a value. */
    Double[] upTo(long timeNs) {
        Double[] slots = new Double[values.length];
        long last = Math.floorDiv(timeNs, slotNs);
        for (int i = 0; i < slots.length; i++) {
            double value = at(last - slots.length + 1 + i);
            slots[i] = Double.isNaN(value) ? null : value;
        }
        return slots;
    }

    /** The sum over the last full slots before that time, for each second. */
    double perSecond(long timeNs, int slots) {
        long last = Math.floorDiv(timeNs, slotNs);
        double sum = 0;
        for (int i = 1; i <= slots; i++) {
            sum += at(last - i);
        }
        return sum * 1e9 / (slotNs * slots);
    }

    private double at(long slot) {
        boolean kept = !empty && slot <= newest && slot > newest - values.length;
        return kept ? values[(int) Math.floorMod(slot, (long) values.length)] : nothing();
    }

    private void advance(long slot) {
        // A clock that was set back by more than is kept starts a new series; late events are within it.
        if (empty || slot >= newest + values.length || slot < newest - 2L * values.length) {
            Arrays.fill(values, nothing());
            newest = slot;
            empty = false;
            return;
        }
        while (newest < slot) {
            newest++;
            values[(int) Math.floorMod(newest, (long) values.length)] = nothing();
        }
    }

    private double nothing() {
        return keepsLargest ? Double.NaN : 0;
    }
}
