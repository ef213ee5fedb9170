package org.bitcoinwatchdog.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.agent.recording.RecordedEvents;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedMetricsTest {
    @ParameterizedTest
    @ValueSource(strings = {"addr_flood_dev", "p2p_invalid_messages", "feature_rbf", "p2p_eviction"})
    void countEveryCallOfARecordingOnce(String recording) throws IOException {
        Map<String, Double> calls = new TreeMap<>();
        Map<String, Double> counted = new TreeMap<>();
        MeterRegistry registry = new SimpleMeterRegistry();
        NodeMetrics metrics = new NodeMetrics(registry);
        try (RecordingReader reader = Recordings.open(recording, line -> {
            throw new AssertionError(line.toString());
        })) {
            RecordedEvents events = new RecordedEvents(new CountedCalls(reader, calls), "regtest", skipped -> {
                throw new AssertionError(skipped.reason());
            });
            events.forEachRemaining(event -> metrics.of(event.getNode(), event.getNetwork()).on(event));
        }

        count(registry, counted, "net:inbound_message", "bitcoind.p2p.messages", "direction", "inbound");
        count(registry, counted, "net:outbound_message", "bitcoind.p2p.messages", "direction", "outbound");
        count(registry, counted, "net:inbound_connection", "bitcoind.p2p.connections.opened", "direction", "inbound");
        count(registry, counted, "net:outbound_connection", "bitcoind.p2p.connections.opened", "direction", "outbound");
        count(registry, counted, "net:closed_connection", "bitcoind.p2p.connections.closed");
        count(registry, counted, "net:evicted_inbound_connection", "bitcoind.p2p.connections.evicted");
        count(registry, counted, "net:misbehaving_connection", "bitcoind.p2p.misbehaving.connections");
        count(registry, counted, "mempool:added", "bitcoind.mempool.added.transactions");
        count(registry, counted, "mempool:removed", "bitcoind.mempool.removed.transactions");
        count(registry, counted, "mempool:replaced", "bitcoind.mempool.replaced.transactions");
        count(registry, counted, "mempool:rejected", "bitcoind.mempool.rejected.transactions");
        counted.put("validation:block_connected", (double) registry.find("bitcoind.block.connect").timers().stream()
                .mapToLong(timer -> timer.count()).sum());
        counted.put("utxocache:flush", (double) registry.find("bitcoind.utxocache.flush").timers().stream()
                .mapToLong(timer -> timer.count()).sum());
        counted.values().removeIf(count -> count == 0);
        calls.keySet().removeIf(tracepoint -> tracepoint.matches("(utxocache:(add|spent|uncache)|coin_selection:.*)"));
        assertThat(counted).isEqualTo(calls);
    }

    private static void count(MeterRegistry registry, Map<String, Double> counted, String tracepoint, String name,
            String... labels) {
        counted.put(tracepoint,
                registry.find(name).tags(labels).counters().stream().mapToDouble(Counter::count).sum());
    }

    private record CountedCalls(RecordingReader calls, Map<String, Double> byTracepoint)
            implements Iterator<RecordedCall> {
        @Override
        public boolean hasNext() {
            return calls.hasNext();
        }

        @Override
        public RecordedCall next() {
            RecordedCall call = calls.next();
            byTracepoint.merge(call.tracepoint(), 1.0, Double::sum);
            return call;
        }
    }
}
