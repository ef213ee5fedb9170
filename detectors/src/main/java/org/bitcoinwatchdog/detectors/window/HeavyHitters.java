package org.bitcoinwatchdog.detectors.window;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/**
 * The most frequent of any number of values, in 64 counters (Misra and Gries, 1982): each count is at most 1/65 of the
 * total too small and never too large, for any choice of values.
 */
public final class HeavyHitters {
    private static final int COUNTERS = 64;

    private final Map<String, Long> counts = new TreeMap<>();
    private long total;

    public void add(String value) {
        total++;
        if (counts.containsKey(value) || counts.size() < COUNTERS) {
            counts.merge(value, 1L, Long::sum);
            return;
        }
        counts.replaceAll((each, count) -> count - 1);
        counts.values().removeIf(count -> count == 0);
    }

    public long total() {
        return total;
    }

    /** Share of the most frequent value; 0 without values. */
    public double topShare() {
        long top = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return total == 0 ? 0 : (double) top / total;
    }

    /** The most frequent first. */
    public List<String> top(int most) {
        return counts.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Long> entry) -> -entry.getValue()))
                .limit(most).map(Map.Entry::getKey).toList();
    }

    public void clear() {
        counts.clear();
        total = 0;
    }

    public void save(StateWriter out) {
        out.number(total).each(counts.entrySet(), (entry, to) -> to.text(entry.getKey()).number(entry.getValue()));
    }

    public void restore(StateReader in) {
        total = in.number();
        in.each(from -> counts.put(from.text(), from.number()));
    }
}
