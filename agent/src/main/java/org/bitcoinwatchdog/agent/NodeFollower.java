package org.bitcoinwatchdog.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bitcoinwatchdog.agent.discovery.Node;
import org.bitcoinwatchdog.agent.discovery.Nodes;
import org.bitcoinwatchdog.events.NodeStopped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for running nodes, and has each traced from the start of its process to the end. */
final class NodeFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeFollower.class);
    /** How soon starts, restarts and ends are noticed. */
    private static final long LOOK_EVERY_MS = 1_000;

    private final Nodes nodes;
    private final Function<Node, NodeTracer> tracer;
    private final AgentMeters meters;
    private final List<NodeTracer> tracers = new CopyOnWriteArrayList<>();
    /** Tracers of ended processes that are not detached yet. */
    private final List<NodeTracer> detaching = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Optional<String> fault = Optional.empty();
    private final Thread thread = new Thread(this::run, "follow nodes");

    NodeFollower(Nodes nodes, Function<Node, NodeTracer> tracer, AgentMeters meters) {
        this.nodes = nodes;
        this.tracer = tracer;
        this.meters = meters;
    }

    void start() {
        thread.start();
    }

    /** Why a running node, or a process that the settings mean, is not traced now. */
    Optional<String> obstacle() {
        return first(NodeTracer::obstacle).or(nodes::obstacle);
    }

    /** The same, but only for a fault of the watchdog itself. */
    Optional<String> fault() {
        return first(NodeTracer::fault).or(() -> fault);
    }

    /** A fault that ended tracing for good. */
    Optional<String> ended() {
        return thread.getState() == Thread.State.TERMINATED
                ? Optional.of("following the nodes has ended by a fault") : first(NodeTracer::ended);
    }

    /** Ends all tracing. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                lookOnce();
            } while (!closing.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS));
            leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Error e) {
            LOG.error("Following the nodes has ended: this is a bug.", e);
            throw e;
        }
    }

    /** If looking fails, tracing goes on, and the next look follows. */
    private void lookOnce() throws InterruptedException {
        try {
            look();
            fault = Optional.empty();
        } catch (RuntimeException e) {
            Optional<String> text = Optional.of("running nodes can't be followed: " + e);
            if (!fault.equals(text)) {
                LOG.error("Looking for nodes has failed. The agent tries again.", e);
            }
            fault = text;
            meters.fault();
        }
    }

    /**
     * Stops the tracers of ended processes first: a node's NodeStopped comes before the NodeStarted of its next
     * process.
     */
    private void look() throws InterruptedException {
        detaching.removeIf(NodeTracer::isDetached);
        List<Node> running = nodes.running();
        for (NodeTracer traced : List.copyOf(tracers)) {
            if (running.stream().noneMatch(node -> isSame(node, traced))) {
                traced.stop(NodeStopped.Cause.CAUSE_PROCESS_ENDED);
                traced.awaitSilence();
                tracers.remove(traced);
                detaching.add(traced);
            }
        }
        for (Node node : running) {
            if (tracers.stream().noneMatch(traced -> isSame(node, traced))) {
                NodeTracer traced = tracer.apply(node);
                tracers.add(traced);
                traced.start();
            }
        }
    }

    /** Detaches from all nodes at the same time. */
    private void leave() throws InterruptedException {
        tracers.forEach(traced -> traced.stop(NodeStopped.Cause.CAUSE_AGENT_STOPPED));
        detaching.addAll(tracers);
        for (NodeTracer traced : detaching) {
            traced.join();
        }
    }

    private Optional<String> first(Function<NodeTracer, Optional<String>> what) {
        return tracers.stream().flatMap(traced -> what.apply(traced).stream()).findFirst();
    }

    private static boolean isSame(Node node, NodeTracer traced) {
        return node.process().isSameProcess(traced.node().process());
    }
}
