package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.deploy.resource.OpenParts;
import org.bitcoinwatchdog.deploy.resource.TemporaryDirectory;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;

/** A broker, an agent and a stand-in for one node, each a process of its own. */
final class BenchSite implements AutoCloseable {
    private final OpenParts open = new OpenParts();
    private final EmbeddedBroker broker;
    private final Path executable;
    private final WatchdogProcess agent;

    BenchSite(Path player) throws IOException {
        try {
            Path directory = open.add(TemporaryDirectory.create("watchdog-bench")).path();
            broker = open.add(EmbeddedBroker.start(directory.resolve("broker")));
            try (TopicAdmin topics = new TopicAdmin(kafka())) {
                topics.createMissing(topics.plan(TopicSettings.defaults()));
            }
            executable = StandInProcess.install(player, directory.resolve("node"));
            agent = open.add(WatchdogProcess.agent(directory, broker.bootstrapServers(),
                    "{nodes: [{name: bench, network: main, bitcoind: " + executable + "}]}"));
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    WatchdogProcess agent() {
        return agent;
    }

    ProcessFigures agentsFigures() throws IOException {
        return ProcessFigures.of(agent.pid());
    }

    ProcessFigures brokersFigures() throws IOException {
        return ProcessFigures.of(broker.pid());
    }

    /** Begins to fire mainnet's mix once the agent is attached, and ends with its last call. */
    StandInProcess fire(double rate, double seconds) throws IOException {
        return open.add(StandInProcess.start(executable, List.of("--generate", "mainnet", "--rate", Double.toString(rate),
                "--seconds", Double.toString(seconds))));
    }

    @Override
    public void close() {
        open.close();
    }
}
