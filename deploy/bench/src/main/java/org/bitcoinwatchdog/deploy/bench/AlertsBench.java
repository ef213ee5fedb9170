package org.bitcoinwatchdog.deploy.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.Figure;
import org.bitcoinwatchdog.deploy.bench.figures.Figures;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.deploy.resource.TemporaryDirectory;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;

/**
 * An alert worker with a broker on this machine: its memory, and how soon it notifies.
 *
 * @param rate    changes of alerts a second
 * @param seconds of each measurement of time
 * @param active  alerts of the measurement of memory
 */
public record AlertsBench(int rate, long seconds, int active, Figures figures) {
    /** Many small groups, each a notification of its own, to two as large as two rules make them that fire all over a fleet. */
    private static final List<Integer> GROUPS = List.of(50, 10, 2);

    /** Each measurement has its own broker, so that it does not see the alerts of another. */
    private interface BrokerRun<R> {
        R with(Map<String, Object> kafka) throws IOException, InterruptedException;
    }

    /** @return whether everything that was written arrived */
    public boolean run() throws IOException, InterruptedException {
        AlertMemory.MemoryResult memory = measure(kafka -> new AlertMemory(kafka, active).run());
        String all = String.format(Locale.ROOT, "%,d alerts fire", active);
        figures.add(Figure.of(all + ": heap after a collection", memory.heap() / 1e6, "MB").aimAtMost(300));
        figures.add(Figure.of(all + ": all delivered", memory.took().toMillis() / 1e3, "s"));
        boolean complete = memory.told() >= active;
        for (int groups : GROUPS) {
            AlertLatency.LatencyResult latency = measure(kafka -> new AlertLatency(kafka, groups, rate, seconds).run());
            String changes = String.format(Locale.ROOT, "%,d changes a second, %d groups of %,d", rate, groups, latency.active() / groups);
            figures.note("%s: %,d of %,d changes in %,d notifications, the slowest after %.1f ms", changes, latency.tookNs().length,
                    latency.written(), latency.notifications(), latency.milliseconds(1));
            figures.add(Figure.of(changes + ": p50", latency.milliseconds(0.5), "ms").aimAtMost(50));
            figures.add(Figure.of(changes + ": p99", latency.milliseconds(0.99), "ms").aimAtMost(500));
            complete &= latency.tookNs().length == latency.written();
        }
        return complete;
    }

    private static <R> R measure(BrokerRun<R> measurement) throws IOException, InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create("watchdog-bench");
                EmbeddedBroker broker = EmbeddedBroker.start(directory.path())) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (TopicAdmin topics = new TopicAdmin(kafka)) {
                topics.createMissing(topics.plan(TopicSettings.defaults()));
            }
            return measurement.with(kafka);
        }
    }
}
