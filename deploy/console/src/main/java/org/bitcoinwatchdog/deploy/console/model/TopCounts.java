package org.bitcoinwatchdog.deploy.console.model;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most frequent keys of an unlimited stream in fixed memory: Space-Saving (Metwally, Agrawal, El Abbadi 2005). A key whose
 * true share is above 1/capacity is always among them, and no count is too low.
 */
final class TopCounts {
    /** @param atMostOver by how much {@code count} may exceed the truth */
    record TopCount(String key, long count, long atMostOver) {
    }

    private static final class Counter {
        private long count;
        private long over;
    }

    private final int capacity;
    private final Map<String, Counter> counters = new HashMap<>();

    TopCounts(int capacity) {
        this.capacity = capacity;
    }

    void add(String key, long amount) {
        Counter counter = counters.get(key);
        if (counter == null) {
            counter = counters.size() < capacity ? new Counter() : takeOverSmallest();
            counters.put(key, counter);
        }
        counter.count += amount;
    }

    void addAll(TopCounts other) {
        other.counters.forEach((key, counter) -> {
            add(key, counter.count);
            counters.get(key).over += counter.over;
        });
    }

    List<TopCount> top(int limit) {
        return counters.entrySet().stream()
                .map(entry -> new TopCount(entry.getKey(), entry.getValue().count, entry.getValue().over))
                .sorted(Comparator.comparingLong(TopCount::count).reversed().thenComparing(TopCount::key))
                .limit(limit)
                .toList();
    }

    private Counter takeOverSmallest() {
        Map.Entry<String, Counter> smallest = counters.entrySet().stream()
                .min(Comparator.comparingLong(entry -> entry.getValue().count))
                .orElseThrow();
        counters.remove(smallest.getKey());
        Counter counter = smallest.getValue();
        counter.over = counter.count;
        return counter;
    }
}
