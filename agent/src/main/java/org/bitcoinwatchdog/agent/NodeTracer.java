package org.bitcoinwatchdog.agent;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bitcoinwatchdog.agent.discovery.Node;
import org.bitcoinwatchdog.agent.kernel.BootClock;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.TracepointState;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.agent.metrics.TracedNodeMetrics;
import org.bitcoinwatchdog.agent.publish.EventSink;
import org.bitcoinwatchdog.events.NodeStopped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Traces one process in a thread of its own, from attaching to its end. */
final class NodeTracer {
    private static final Logger LOG = LoggerFactory.getLogger(NodeTracer.class);
    private static final Duration ATTACH_AGAIN = Duration.ofSeconds(10);
    private static final Duration DETACH_LATER = Duration.ofSeconds(3);

    private final Node node;
    private final AgentSettings settings;
    private final EventSink sink;
    private final AgentMeters meters;
    private final Thread thread;
    /** The last event is published. */
    private final CountDownLatch silent = new CountDownLatch(1);
    /** Nothing comes after this process. */
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile NodeStopped.Cause stopping;

    NodeTracer(Node node, AgentSettings settings, EventSink sink, AgentMeters meters) {
        this.node = node;
        this.settings = settings;
        this.sink = sink;
        this.meters = meters;
        this.thread = new Thread(this::run, "trace " + node.name());
    }

    Node node() {
        return node;
    }

    void start() {
        thread.start();
    }

    /** Publishes what was captured up to now, and a NodeStopped, and detaches. Does not wait for that. */
    void stop(NodeStopped.Cause cause) {
        stopping = cause;
        LockSupport.unpark(thread);
    }

    /** Waits until the last event is published. The kernel may need a second or two more to detach. */
    void awaitSilence() throws InterruptedException {
        silent.await();
    }

    boolean isDetached() {
        return !thread.isAlive();
    }

    /** Waits until all is detached. */
    void join() throws InterruptedException {
        closing.countDown();
        thread.join();
    }

    private void run() {
        String lastReason = "";
        while (stopping == null) {
            try {
                trace();
            } catch (KernelException | IOException e) {
                meters.attachFailed();
                if (!e.toString().equals(lastReason)) {
                    LOG.error("{} (process {}) can't be traced: {}", node.name(), node.process().pid(), e.getMessage());
                    lastReason = e.toString();
                }
                pause(ATTACH_AGAIN);
            } catch (RuntimeException | Error e) {
                LOG.error("Tracing {} has ended: this is a bug.", node.name(), e);
                silent.countDown();
                throw e;
            }
        }
        silent.countDown();
    }

    private void trace() throws IOException {
        // Hundreds of meters are made here, and from the attachment on the ring buffer fills.
        TracedNodeMetrics metrics = meters.of(node);
        BootClock clock = new BootClock();
        long epoch = clock.unixNowNs();
        try (Tracing tracing = Tracing.attach(node.process().pid(), node.process().openedExecutable(),
                settings.tracepoints().chosen(), settings.ringBufferBytes())) {
            report(tracing);
            TracedNode traced = new TracedNode(node, tracing, clock, new NodeStream(node, epoch, sink, metrics));
            meters.add(node, traced);
            try {
                follow(traced);
            } finally {
                meters.remove(node);
            }
            silent.countDown();
            letTheNextAttach();
        }
    }

    /** Where a process is restarted, attaching to the new one would wait behind detaching from the old one. */
    private void letTheNextAttach() {
        try {
            closing.await(DETACH_LATER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        if (stopping == NodeStopped.Cause.CAUSE_PROCESS_ENDED) {
            traced.ended();
        } else {
            traced.left();
        }
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
