package org.bitcoinwatchdog.agent;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Map;

/** Traces the bitcoind processes of this host and publishes what they do to the topic of node events. */
public final class Agent implements AutoCloseable {
    /**
     * @param producerProperties {@code bootstrap.servers} and any other property of Kafka's clients
     * @param stateDirectory     where events wait on disk while Kafka is away; created where it is missing
     */
    public Agent(
            AgentSettings settings, Map<String, Object> producerProperties, Path stateDirectory, MeterRegistry meters) {
    }

    /** Begins to follow the nodes. Kafka and bitcoind may both be away. */
    public void start() {
    }

    /** Detaches from every node and hands to Kafka, or to the disk, what was captured. */
    @Override
    public void close() {
    }
}
