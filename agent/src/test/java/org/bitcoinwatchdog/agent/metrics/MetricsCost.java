package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.agent.recording.RecordedEvents;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;

/**
 * Nanoseconds for folding one event into the metrics. Not a test; run its main with recordings' names:
 * {@code mvn -q -pl agent -am test-compile exec:java -Dexec.mainClass=org.bitcoinwatchdog.agent.metrics.MetricsCost
 * -Dexec.classpathScope=test}.
 */
final class MetricsCost {
    private static final int ROUNDS = 20_000;
    private static final int FEW = 500;

    private MetricsCost() {
    }

    public static void main(String[] names) throws IOException {
        for (String name : names.length > 0 ? names : new String[] {Recordings.ADDRESS_FLOOD, "fleet_normal"}) {
            List<NodeEvent> all = events(name);
            TracedNodeMetrics node = new NodeMetrics(new SimpleMeterRegistry()).of("node", "regtest");
            double best = Double.MAX_VALUE;
            // So few that they stay in the cache, like an event that was just decoded.
            List<NodeEvent> events = all.subList(all.size() / 2, all.size() / 2 + FEW);
            for (int round = 0; round < ROUNDS; round++) {
                long begin = System.nanoTime();
                events.forEach(node::on);
                best = Math.min(best, (double) (System.nanoTime() - begin) / events.size());
            }
            System.out.printf("%-24s %,8d events  %6.1f ns an event%n", name, events.size(), best);
        }
    }

    private static List<NodeEvent> events(String name) throws IOException {
        List<NodeEvent> events = new ArrayList<>();
        try (RecordingReader reader = Recordings.open(name, line -> {
            throw new AssertionError(line.toString());
        })) {
            new RecordedEvents(reader, "regtest", skipped -> { }).forEachRemaining(events::add);
        }
        return events;
    }
}
