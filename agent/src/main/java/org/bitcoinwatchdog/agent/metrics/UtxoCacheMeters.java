package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.events.FlushMode;
import org.bitcoinwatchdog.events.UtxoCacheFlush;

/** The cache of unspent outputs: its flushes and, if these tracepoints are on, each coin. */
final class UtxoCacheMeters {
    private static final Duration[] FLUSH_BOUNDS = NodeMeters.millis(
            100, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000);

    private record Flushes(Timer took, Counter coins, Counter bytes) {
    }

    private final Map<FlushMode, Flushes> flushes = new EnumMap<>(FlushMode.class);
    private final Counter added;
    private final Counter spent;
    private final Counter uncached;
    private volatile double lastCoins = Double.NaN;
    private volatile double lastBytes = Double.NaN;

    UtxoCacheMeters(NodeMeters meters) {
        for (FlushMode mode : FlushMode.values()) {
            if (mode != FlushMode.UNRECOGNIZED) {
                flushes.put(mode, flushes(meters, word(mode)));
            }
        }
        meters.gauge("utxocache.last.flush.coins", "Coins in the cache at its last flush", () -> lastCoins);
        meters.gauge("utxocache.last.flush.bytes", "Memory of the cache at its last flush", () -> lastBytes);
        added = coins(meters, "add");
        spent = coins(meters, "spend");
        uncached = coins(meters, "uncache");
    }

    void flushed(UtxoCacheFlush flush) {
        Flushes ofMode = flushes.get(flush.getMode());
        if (ofMode == null) {
            ofMode = flushes.get(FlushMode.FLUSH_MODE_UNSPECIFIED);
        }
        ofMode.took.record(Math.max(0, flush.getDurationUs()), TimeUnit.MICROSECONDS);
        ofMode.coins.increment(flush.getCoins());
        ofMode.bytes.increment(flush.getMemoryBytes());
        lastCoins = flush.getCoins();
        lastBytes = flush.getMemoryBytes();
    }

    void added() {
        added.increment();
    }

    void spent() {
        spent.increment();
    }

    void uncached() {
        uncached.increment();
    }

    private static Flushes flushes(NodeMeters meters, String mode) {
        return new Flushes(
                meters.histogram("utxocache.flush", "Duration of flushing the cache of unspent outputs", FLUSH_BOUNDS,
                        "mode", mode),
                meters.counter("utxocache.flushed.coins", "Coins in the cache when it was flushed", "mode", mode),
                meters.counterOf("bytes", "utxocache.flushed", "Memory of the cache when it was flushed", "mode", mode));
    }

    private static Counter coins(NodeMeters meters, String operation) {
        return meters.counter("utxocache.coins", "Coins added, spent or removed in the cache; off by default",
                "operation", operation);
    }

    /** The modes as bitcoind names them, and {@code other}. */
    private static String word(FlushMode mode) {
        return mode == FlushMode.FLUSH_MODE_UNSPECIFIED ? KnownWords.OTHER
                : mode.name().substring("FLUSH_MODE_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
