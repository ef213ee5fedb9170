package org.bitcoinwatchdog.detectors.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.bitcoinwatchdog.detectors.state.WriteBack;

/**
 * Watches in memory by node or network, over a store with a changelog that holds their sections as bytes. Writing a
 * node's state at each event would cost far more than handling the event. So changed sections are written when the task
 * prepares a commit, in the same transaction as the alerts and the offsets.
 *
 * <p>Kafka Streams calls {@link CachedStateStore#flushCache} at that moment, as for its own write-back caches. {@link
 * StateStore#commit} is too late: it is called after the transaction. The interface is internal to Kafka Streams, and
 * this is the only class that uses it; RestartTest fails if an upgrade of Kafka changes it.
 */
public final class WatchStore<W extends WriteBack> implements StateStore, CachedStateStore<String, byte[]> {
    /** Separates a watch's name from its section; no name of a node or network contains it. */
    private static final char SEPARATOR = '\0';

    private final KeyValueStore<String, byte[]> sections;
    private final Map<String, W> live = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private boolean allNamesKnown;

    WatchStore(KeyValueStore<String, byte[]> sections) {
        this.sections = sections;
    }

    /**
     * The watch of that name. The caller may change it.
     *
     * @param load creates it from its stored sections, each by its name, null if nothing is stored
     */
    W change(String name, Function<Function<String, byte[]>, W> load) {
        changed.add(name);
        W watch = live.get(name);
        if (watch == null) {
            watch = load.apply(section -> sections.get(key(name, section)));
            live.put(name, watch);
            names.add(name);
        }
        return watch;
    }

    /** Forgets the watch of that name and its stored state. */
    void remove(String name) {
        live.remove(name);
        changed.remove(name);
        names.remove(name);
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> stored = sections.prefixScan(name + SEPARATOR, new StringSerializer())) {
            stored.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(sections::delete);
    }

    /** Whether there is a watch of that name. */
    boolean has(String name) {
        if (live.containsKey(name)) {
            return true;
        }
        try (KeyValueIterator<String, byte[]> stored = sections.prefixScan(name + SEPARATOR, new StringSerializer())) {
            return stored.hasNext();
        }
    }

    /** The names of all watches, including those stored by an earlier run and not used since. */
    Set<String> names() {
        if (!allNamesKnown) {
            try (KeyValueIterator<String, byte[]> stored = sections.all()) {
                stored.forEachRemaining(entry -> names.add(entry.key.substring(0, entry.key.indexOf(SEPARATOR))));
            }
            allNamesKnown = true;
        }
        return Set.copyOf(names);
    }

    @Override
    public void flushCache() {
        for (String name : changed) {
            live.get(name).saveChanged((section, bytes) -> write(key(name, section), bytes));
        }
        changed.clear();
    }

    private void write(String key, byte[] bytes) {
        if (bytes == null) {
            sections.delete(key);
        } else {
            sections.put(key, bytes);
        }
    }

    /** Puts a stored section as in a changelog; for tests, whose driver restores nothing. */
    void restore(String key, byte[] bytes) {
        sections.put(key, bytes);
    }

    private static String key(String name, String section) {
        return name + SEPARATOR + section;
    }

    @Override
    public void clearCache() {
        live.clear();
        changed.clear();
        names.clear();
        allNamesKnown = false;
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<String, byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return sections.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        clearCache();
        sections.init(context, root);
    }

    @Override
    public void close() {
        clearCache();
        sections.close();
    }

    @Override
    public boolean persistent() {
        return sections.persistent();
    }

    @Override
    public boolean isOpen() {
        return sections.isOpen();
    }
}
