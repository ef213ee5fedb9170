package org.bitcoinwatchdog.detectors.window;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/** Estimates how many different values were added over the last {@code window}, in the slices of a {@link SlidingSum}. */
public final class SlidingDistinct {
    private final long sliceNs;
    /** By number of the slice since the epoch; only slices with values. */
    private final NavigableMap<Long, DistinctCount> slices = new TreeMap<>();

    public SlidingDistinct(Duration window) {
        sliceNs = SlidingSum.sliceNs(window);
    }

    public void add(long nowNs, ByteString value) {
        long slice = Math.floorDiv(nowNs, sliceNs);
        if (slices.isEmpty() || slices.lastKey() != slice) {
            forget(slice);
        }
        // A clock that was set back a little adds to the newest slice, as in SlidingSum.
        long newest = slices.isEmpty() ? slice : Math.max(slice, slices.lastKey());
        slices.computeIfAbsent(newest, each -> new DistinctCount()).add(value);
    }

    public long estimate(long nowNs) {
        forget(Math.floorDiv(nowNs, sliceNs));
        DistinctCount all = new DistinctCount();
        slices.values().forEach(all::addAll);
        return all.isEmpty() ? 0 : all.estimate();
    }

    private void forget(long slice) {
        if (!slices.isEmpty() && Math.abs(slice - slices.lastKey()) >= SlidingSum.SLICES) {
            slices.clear();
        }
        slices.headMap(slice - SlidingSum.SLICES, true).clear();
    }

    public void save(StateWriter out) {
        out.each(slices.entrySet(), (entry, to) -> {
            to.number(entry.getKey());
            entry.getValue().save(to);
        });
    }

    public void restore(StateReader in) {
        in.each(from -> {
            DistinctCount count = new DistinctCount();
            slices.put(from.number(), count);
            count.restore(from);
        });
    }
}
