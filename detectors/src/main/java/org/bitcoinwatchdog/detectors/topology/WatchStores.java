package org.bitcoinwatchdog.detectors.topology;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.bitcoinwatchdog.detectors.state.WriteBack;

/** Builds a {@link WatchStore} for each task. */
public final class WatchStores<W extends WriteBack> implements StoreBuilder<WatchStore<W>> {
    private final StoreBuilder<KeyValueStore<String, byte[]>> sections;

    public WatchStores(String name) {
        sections = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    @Override
    public WatchStore<W> build() {
        return new WatchStore<>(sections.build());
    }

    @Override
    public StoreBuilder<WatchStore<W>> withCachingEnabled() {
        throw new UnsupportedOperationException("the store is its own cache");
    }

    @Override
    public StoreBuilder<WatchStore<W>> withCachingDisabled() {
        return this;
    }

    @Override
    public StoreBuilder<WatchStore<W>> withLoggingEnabled(Map<String, String> config) {
        sections.withLoggingEnabled(config);
        return this;
    }

    @Override
    public StoreBuilder<WatchStore<W>> withLoggingDisabled() {
        throw new UnsupportedOperationException("without a changelog a restart forgets every alert");
    }

    @Override
    public Map<String, String> logConfig() {
        return sections.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
        return sections.loggingEnabled();
    }

    @Override
    public String name() {
        return sections.name();
    }
}
