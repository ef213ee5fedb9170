package org.bitcoinwatchdog.deploy.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Configuration of a single-node broker for one machine: on loopback, with a heap of a few dozen megabytes.
 *
 * @param data           directory of the log segments
 * @param port           for clients
 * @param controllerPort for the broker's own controller
 */
record BrokerProperties(Path data, int port, int controllerPort) {
    private static final String HOST = "127.0.0.1";

    String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** In the form of a Java properties file. */
    String text() {
        return new TreeMap<>(all()).entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
                .collect(Collectors.joining());
    }

    private Map<String, String> all() {
        String controller = HOST + ":" + controllerPort;
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@" + controller),
                Map.entry("listeners", "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + controller),
                Map.entry("advertised.listeners", "PLAINTEXT://" + bootstrapServers()),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", data.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                // There is no second broker.
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                // After a crash the broker waits until its own controller believes that the last one is gone.
                Map.entry("broker.session.timeout.ms", "3000"),
                Map.entry("broker.heartbeat.interval.ms", "1000"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                // What the broker does at rest: no record twice a second that nothing happens, no metrics that nothing reads.
                Map.entry("metadata.max.idle.interval.ms", "0"),
                Map.entry("metric.reporters", ""),
                Map.entry("metrics.num.samples", "1"),
                // Few threads, partitions and buffers: the defaults are for a server with dozens of cores.
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("num.network.threads", "1"),
                Map.entry("num.io.threads", "1"),
                Map.entry("group.coordinator.threads", "1"),
                Map.entry("background.threads", "1"),
                Map.entry("num.recovery.threads.per.data.dir", "1"),
                Map.entry("log.cleaner.threads", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20)),
                Map.entry("log.index.size.max.bytes", Integer.toString(1 << 20)),
                Map.entry("log.segment.bytes", Integer.toString(64 << 20)));
    }
}
