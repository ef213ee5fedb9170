package org.bitcoinwatchdog.agent.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A value for each word of a fixed list, and one for all other words, so that a peer can't choose a label. */
final class KnownWords<T> {
    static final String OTHER = "other";

    private final Map<String, T> known = new HashMap<>();
    private final T other;

    KnownWords(List<String> words, Function<String, T> each) {
        words.forEach(word -> known.put(word, each.apply(word)));
        other = each.apply(OTHER);
    }

    T of(String word) {
        T found = known.get(word);
        return found == null ? other : found;
    }
}
