package org.bitcoinwatchdog.agent;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
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
 * Traces the bitcoind processes of this host and publishes their activity to the topic of node events.
 *
 * <p>All wiring is here. The follower finds processes. For each one a tracer attaches and drains the kernel's ring
 * buffer on a timer, and a TracedNode decodes and stamps the records. One outbox for all nodes brings the events to
 * Kafka.
 */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final AgentSettings settings;
    private final AgentMeters meters;
    private final EventOutbox outbox;
    private final NodeRegister register;
    private final AgentRun run = AgentRun.of(hostName());
    /**
     * Accounts of nodes that were removed from the configuration. Kafka must have their last event before the register
     * forgets them.
     */
    private final List<EventAccount> unfollowed = new ArrayList<>();
    private final NodeFollower follower;
    private final Witnesses witnesses;

    /**
     * @param producerProperties {@code bootstrap.servers} and any other property of Kafka's clients
     * @param stateDirectory     for the nodes' names and for events while Kafka is away; created if missing
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
        witnesses = new Witnesses(settings, register, run, outbox, registry, meters, Clock.systemUTC());
    }

    /**
     * Begins to follow the nodes. Kafka and bitcoind may both be away.
     *
     * @throws KernelException if this process may not trace; the message says why
     */
    public void start() {
        LOG.info("Tracing {}.", Tracing.check().reason());
        Rehearsal.run(EventOutbox.rehearsing());
        outbox.start();
        Map<String, String> unmeant = register.networksOfUnfollowed(settings.nodes());
        settings.witnesses().forEach(witness -> unmeant.remove(witness.name()));
        unmeant.forEach(this::unfollow);
        follower.start();
        witnesses.start();
    }

    private void unfollow(String node, String network) {
        long nowNs = new BootClock().unixNowNs();
        long epoch = register.nextEpoch(node, network, nowNs);
        LOG.info("{} is no longer followed: it was removed from agent.nodes.", node);
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

    /** A fault of the watchdog itself that prevents tracing or publishing. */
    public Optional<String> fault() {
        return ended().or(follower::fault);
    }

    /** A fault from which the agent can't recover. The process must be restarted. */
    public Optional<String> ended() {
        return !outbox.working() ? Optional.of("publishing has ended by a fault") : follower.ended();
    }

    /** Why a running node, or every node, is not traced now; empty if all are. */
    public Optional<String> obstacle() {
        return fault().or(follower::obstacle).or(outbox::obstacle).or(register::fault)
                .or(() -> meters.nodes() > 0 ? Optional.empty() : Optional.of("no bitcoind process is traced"));
    }

    /** Detaches from every node, and hands all captured events to Kafka or writes them to disk. */
    @Override
    public void close() {
        witnesses.close();
        follower.close();
        outbox.close();
        unfollowed.stream().filter(account -> account.acknowledged() > 0).forEach(account -> register.forget(account.node()));
    }

    /** The name of this host. */
    public static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
