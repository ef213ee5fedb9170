package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Registers one node's meters, all labelled with its name and chain, and removes them together. */
final class NodeMeters {
    private static final String PREFIX = "bitcoind.";

    private final MeterRegistry registry;
    private final Tags node;
    private final List<Meter> registered = new ArrayList<>();

    NodeMeters(MeterRegistry registry, String node, String network) {
        this.registry = registry;
        this.node = Tags.of("node", node, "network", network);
    }

    Counter counter(String name, String description, String... labels) {
        return kept(Counter.builder(PREFIX + name).description(description).tags(tags(labels)).register(registry));
    }

    /** A counter in a base unit that Prometheus appends to the name. */
    Counter counterOf(String unit, String name, String description, String... labels) {
        return kept(Counter.builder(PREFIX + name).baseUnit(unit).description(description).tags(tags(labels))
                .register(registry));
    }

    Gauge gauge(String name, String description, Supplier<Number> value, String... labels) {
        return kept(Gauge.builder(PREFIX + name, value).description(description).tags(tags(labels)).register(registry));
    }

    Timer histogram(String name, String description, Duration[] bounds, String... labels) {
        return kept(Timer.builder(PREFIX + name).description(description).serviceLevelObjectives(bounds)
                .tags(tags(labels)).register(registry));
    }

    /** Upper bounds of a histogram's buckets. */
    static Duration[] millis(long... bounds) {
        return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    void remove(Meter meter) {
        registry.remove(meter);
        registered.remove(meter);
    }

    void remove() {
        registered.forEach(registry::remove);
        registered.clear();
    }

    private Tags tags(String... labels) {
        return node.and(labels);
    }

    private <M extends Meter> M kept(M meter) {
        registered.add(meter);
        return meter;
    }
}
