package org.bitcoinwatchdog.agent;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.agent.discovery.BitcoindProcesses;
import org.bitcoinwatchdog.agent.discovery.Nodes;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.agent.publish.NodeEventPublisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traces the bitcoind processes of this host and publishes what they do to the topic of node events.
 *
 * <p>All wiring is here: the follower finds processes; for each a tracer attaches, drains the kernel's ring buffer on a
 * timer and has each record decoded and stamped (TracedNode); the publisher, one for all, brings the events to Kafka.
 */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final AgentMeters meters;
    private final NodeEventPublisher publisher;
    private final NodeFollower follower;

    /**
     * @param producerProperties {@code bootstrap.servers} and any other property of Kafka's clients
     * @param stateDirectory     where events wait on disk while Kafka is away; created where it is missing
     */
    public Agent(
            AgentSettings settings, Map<String, Object> producerProperties, Path stateDirectory, MeterRegistry registry) {
        meters = new AgentMeters(registry);
        publisher = new NodeEventPublisher(
                producerProperties, settings.memoryBytes(), stateDirectory.resolve("spool"), settings.spoolBytes());
        follower = new NodeFollower(
                new Nodes(new BitcoindProcesses(), settings.nodes(), hostName()),
                node -> new NodeTracer(node, settings, publisher, meters), meters);
    }

    /**
     * Begins to follow the nodes. Kafka and bitcoind may both be away.
     *
     * @throws KernelException where this process may not trace; it says why
     */
    public void start() {
        LOG.info("Tracing {}.", Tracing.check().reason());
        Rehearsal.run(NodeEventPublisher.rehearsing());
        publisher.start();
        follower.start();
    }

    /** Removes the meters of a node that is no longer followed, unless its process runs. */
    public void forget(String node) {
        meters.forget(node);
    }

    /** What keeps a node from being traced, or events from being published, though it is the watchdog's own fault. */
    public Optional<String> fault() {
        return ended().or(follower::fault);
    }

    /** The fault from which the agent does not recover: it is to be started anew. */
    public Optional<String> ended() {
        return !publisher.working() ? Optional.of("publishing has ended by a fault") : follower.ended();
    }

    /** Why a node that runs, or any at all, is not traced now; nothing where all are. */
    public Optional<String> obstacle() {
        return fault().or(follower::obstacle)
                .or(() -> meters.nodes() > 0 ? Optional.empty() : Optional.of("no bitcoind is traced"));
    }

    /** Detaches from every node and hands to Kafka, or to the disk, what was captured. */
    @Override
    public void close() {
        follower.close();
        publisher.close();
    }

    /** As this host names itself. */
    public static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
