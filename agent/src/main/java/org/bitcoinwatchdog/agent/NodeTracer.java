package org.bitcoinwatchdog.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.bitcoinwatchdog.agent.discovery.Node;
import org.bitcoinwatchdog.agent.kernel.BootClock;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.TracepointState;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.agent.publish.NodeEventPublisher;
import org.bitcoinwatchdog.events.NodeStopped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Traces one process in a thread of its own, from attaching to its end. */
final class NodeTracer {
    private static final Logger LOG = LoggerFactory.getLogger(NodeTracer.class);
    private static final Duration ATTACH_AGAIN = Duration.ofSeconds(10);

    private final Node node;
    private final AgentSettings settings;
    private final NodeEventPublisher publisher;
    private final AgentMeters meters;
    private final Thread thread;
    private volatile NodeStopped.Cause stopping;

    NodeTracer(Node node, AgentSettings settings, NodeEventPublisher publisher, AgentMeters meters) {
        this.node = node;
        this.settings = settings;
        this.publisher = publisher;
        this.meters = meters;
        this.thread = new Thread(this::run, "trace " + node.name());
    }

    Node node() {
        return node;
    }

    void start() {
        thread.start();
    }

    /** Publishes what was captured up to now, and a NodeStopped; returns when that is done. */
    void stop(NodeStopped.Cause cause) throws InterruptedException {
        stopping = cause;
        LockSupport.unpark(thread);
        thread.join();
    }

    private void run() {
        String lastReason = "";
        while (stopping == null) {
            try {
                trace();
            } catch (KernelException | IOException e) {
                meters.attachFailed(node);
                if (!e.toString().equals(lastReason)) {
                    LOG.error("{} (process {}) can't be traced: {}", node.name(), node.process().pid(), e.getMessage());
                    lastReason = e.toString();
                }
                pause(ATTACH_AGAIN);
            } catch (RuntimeException | Error e) {
                LOG.error("Tracing {} has ended: this is a bug.", node.name(), e);
                throw e;
            }
        }
    }

    private void trace() throws IOException {
        BootClock clock = new BootClock();
        long epoch = clock.unixNowNs();
        try (Tracing tracing = Tracing.attach(node.process().pid(), node.process().openedExecutable(),
                settings.tracepoints().chosen(), settings.ringBufferBytes())) {
            report(tracing);
            TracedNode traced = new TracedNode(node, tracing, clock, new NodeStream(node, epoch, publisher));
            meters.add(node, traced);
            try {
                follow(traced);
            } finally {
                meters.remove(node);
            }
        }
    }

    private void follow(TracedNode traced) {
        traced.started();
        long heartbeatNs = settings.heartbeatInterval().toNanos();
        long nextHeartbeat = System.nanoTime() + heartbeatNs;
        while (stopping == null) {
            traced.drain();
            long late = System.nanoTime() - nextHeartbeat;
            if (late >= 0) {
                traced.heartbeat();
                nextHeartbeat += (late / heartbeatNs + 1) * heartbeatNs;
            }
            pause(settings.drainInterval());
        }
        traced.stopped(stopping);
    }

    private void pause(Duration duration) {
        if (stopping == null) {
            LockSupport.parkNanos(duration.toNanos());
        }
    }

    private void report(Tracing tracing) {
        long attached = tracing.states().stream().filter(TracepointState::attached).count();
        LOG.info("Tracing {} ({}, process {}): {} tracepoints.",
                node.name(), node.network(), node.process().pid(), attached);
        for (TracepointState state : tracing.states()) {
            if (!state.attached() && !state.tracepoint().inPatchedBuildsOnly()) {
                LOG.warn("{}: {} is not traced: {}", node.name(), state.tracepoint().fullName(), state.reason());
            }
        }
    }
}
