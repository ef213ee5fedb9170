package org.bitcoinwatchdog.deploy.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
public record AlertsBench(int rate, long seconds, int active, PrintWriter out) {
    /** Many small groups, each a notification of its own, to two as large as two rules make them that fire all over a fleet. */
    private static final List<Integer> GROUPS = List.of(50, 10, 2);

    /** Each measurement has its own broker, so that it does not see the alerts of another. */
    private interface BrokerRun<R> {
        R with(Map<String, Object> kafka) throws IOException, InterruptedException;
    }

    /** @return whether everything that was written arrived */
    public boolean run() throws IOException, InterruptedException {
        AlertMemory.MemoryResult memory = measure(kafka -> new AlertMemory(kafka, active).run());
        out.printf(Locale.ROOT, "%,d alerts fire     %,8.0f MB of heap, all delivered within %.1f s%n",
                active, memory.heap() / 1e6, memory.took().toMillis() / 1e3);
        out.flush();
        boolean complete = memory.told() >= active;
        for (int groups : GROUPS) {
            AlertLatency.LatencyResult latency = measure(kafka -> new AlertLatency(kafka, groups, rate, seconds).run());
            out.printf(Locale.ROOT, "%,d changes/s, %d groups of %,d   p50 %.1f ms, p99 %.1f ms, worst %.1f ms (%,d of %,d changes, "
                    + "%,d notifications)%n", rate, groups, latency.active() / groups, latency.milliseconds(0.5),
                    latency.milliseconds(0.99), latency.milliseconds(1), latency.tookNs().length, latency.written(),
                    latency.notifications());
            out.flush();
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
