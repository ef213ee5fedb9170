package org.bitcoinwatchdog.agent;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.agent.TracedNode.AgentRun;
import org.bitcoinwatchdog.agent.discovery.BitcoindProcesses;
import org.bitcoinwatchdog.agent.discovery.NodeRegister;
import org.bitcoinwatchdog.agent.discovery.Nodes;
import org.bitcoinwatchdog.agent.kernel.BootClock;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.agent.publish.EventAccount;
import org.bitcoinwatchdog.agent.publish.EventOutbox;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeUnfollowed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traces the bitcoind processes of this host and publishes what they do to the topic of node events.
 *
 * <p>All wiring is here: the follower finds processes; for each a tracer attaches, drains the kernel's ring buffer on a
 * timer and has each record decoded and stamped (TracedNode); the outbox, one for all, brings the events to Kafka.
 */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final AgentSettings settings;
    private final AgentMeters meters;
    private final EventOutbox outbox;
    private final NodeRegister register;
    private final AgentRun run = AgentRun.of(hostName());
    /** Of nodes that the configuration no longer means: what says so must reach Kafka before they are forgotten. */
    private final List<EventAccount> unfollowed = new ArrayList<>();
    private final NodeFollower follower;

    /**
     * @param producerProperties {@code bootstrap.servers} and any other property of Kafka's clients
     * @param stateDirectory     where events wait on disk while Kafka is away, and the nodes are remembered; created if missing
     */
    public Agent(
            AgentSettings settings, Map<String, Object> producerProperties, Path stateDirectory, MeterRegistry registry) {
        this.settings = settings;
        meters = new AgentMeters(registry);
        register = NodeRegister.open(stateDirectory.resolve("nodes.json"));
        outbox = new EventOutbox(
                producerProperties, settings.memoryBytes(), stateDirectory.resolve("spool"), settings.spoolBytes());
        follower = new NodeFollower(
                new Nodes(new BitcoindProcesses(), settings.nodes(), run.host(), register),
                node -> new NodeTracer(node, settings, register, run, outbox, meters), meters);
    }

    /**
     * Begins to follow the nodes. Kafka and bitcoind may both be away.
     *
     * @throws KernelException where this process may not trace; it says why
     */
    public void start() {
        LOG.info("Tracing {}.", Tracing.check().reason());
        Rehearsal.run(EventOutbox.rehearsing());
        outbox.start();
        register.networksOfUnfollowed(settings.nodes()).forEach(this::unfollow);
        follower.start();
    }

    private void unfollow(String node, String network) {
        long nowNs = new BootClock().unixNowNs();
        long epoch = register.nextEpoch(node, network, nowNs);
        LOG.info("{} is no longer followed: the configuration does not mean it any more.", node);
        EventAccount account = new EventAccount(node, epoch);
        unfollowed.add(account);
        outbox.enqueue(account, NodeEvent.newBuilder()
                .setNode(node).setNetwork(network).setEpoch(epoch).setObservedAtNs(nowNs)
                .setNodeUnfollowed(NodeUnfollowed.newBuilder()
                        .setCause(NodeUnfollowed.Cause.CAUSE_NOT_CONFIGURED).setHost(run.host()))
                .build());
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
        return !outbox.working() ? Optional.of("publishing has ended by a fault") : follower.ended();
    }

    /** Why a node that runs, or any at all, is not traced now; nothing where all are. */
    public Optional<String> obstacle() {
        return fault().or(follower::obstacle).or(outbox::obstacle).or(register::fault)
                .or(() -> meters.nodes() > 0 ? Optional.empty() : Optional.of("no bitcoind is traced"));
    }

    /** Detaches from every node and hands to Kafka, or to the disk, what was captured. */
    @Override
    public void close() {
        follower.close();
        outbox.close();
        unfollowed.stream().filter(account -> account.acknowledged() > 0).forEach(account -> register.forget(account.node()));
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
