package org.bitcoinwatchdog.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bitcoinwatchdog.agent.TracedNode.AgentRun;
import org.bitcoinwatchdog.agent.discovery.Node;
import org.bitcoinwatchdog.agent.discovery.NodeRegister;
import org.bitcoinwatchdog.agent.kernel.BootClock;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.TracepointState;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.agent.metrics.TracedNodeMetrics;
import org.bitcoinwatchdog.agent.publish.EventSink;
import org.bitcoinwatchdog.events.Backoff;
import org.bitcoinwatchdog.events.NodeStopped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Traces one process in a thread of its own, from attaching to its end. */
final class NodeTracer {
    private static final Logger LOG = LoggerFactory.getLogger(NodeTracer.class);
    private static final Duration ATTACH_AGAIN = Duration.ofSeconds(10);
    private static final Backoff AFTER_FAULT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final Duration DETACH_LATER = Duration.ofSeconds(3);

    private final Node node;
    private final AgentSettings settings;
    private final NodeRegister register;
    private final AgentRun run;
    private final EventSink sink;
    private final AgentMeters meters;
    private final Thread thread;
    /** The last event is published. */
    private final CountDownLatch silent = new CountDownLatch(1);
    /** The agent ends, so no next process of the node follows. */
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile NodeStopped.Cause stopping;
    private volatile Optional<String> obstacle = Optional.empty();
    private volatile Optional<String> fault = Optional.empty();
    private volatile Optional<String> ended = Optional.empty();
    private int faults;

    NodeTracer(Node node, AgentSettings settings, NodeRegister register, AgentRun run, EventSink sink, AgentMeters meters) {
        this.node = node;
        this.settings = settings;
        this.register = register;
        this.run = run;
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

    /** Publishes everything captured so far and a NodeStopped, then detaches. Does not wait for that. */
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

    /** Waits until everything is detached. */
    void join() throws InterruptedException {
        closing.countDown();
        thread.join();
    }

    /** Why the running node is not traced now; empty while it is traced, or before the first attempt has ended. */
    Optional<String> obstacle() {
        return fault().or(() -> obstacle);
    }

    /** The same, but only for a fault of the watchdog itself. */
    Optional<String> fault() {
        return ended().or(() -> fault);
    }

    /** A fault that ended tracing for good. */
    Optional<String> ended() {
        return ended;
    }

    private void run() {
        try {
            while (stopping == null) {
                pause(attempt());
            }
        } catch (Error e) {
            ended = Optional.of("tracing " + node.name() + " has ended by a fault: " + e);
            LOG.error("Tracing {} has ended: this is a bug.", node.name(), e);
            throw e;
        } finally {
            silent.countDown();
        }
    }

    /**
     * Traces until the end, or until an obstacle or a fault.
     *
     * @return how long to wait before the next attempt
     */
    private Duration attempt() {
        try {
            return trace();
        } catch (KernelException | IOException e) {
            if (hasEnded()) {
                return ATTACH_AGAIN; // the follower stops this tracer before that
            }
            meters.attachFailed();
            refused(e.getMessage());
            return ATTACH_AGAIN;
        } catch (RuntimeException e) {
            return failed(e, Duration.ZERO);
        }
    }

    private boolean hasEnded() {
        return Files.notExists(node.process().openedExecutable());
    }

    private void refused(String reason) {
        String text = node.name() + " (process " + node.process().pid() + ") can't be traced: " + reason;
        if (!obstacle.equals(Optional.of(text))) {
            LOG.error("{}", text);
        }
        obstacle = Optional.of(text);
    }

    private Duration failed(RuntimeException fault, Duration lasted) {
        faults = lasted.compareTo(AFTER_FAULT.longest()) > 0 ? 1 : faults + 1;
        Duration pause = AFTER_FAULT.pause(faults);
        meters.fault();
        LOG.error("Tracing {} has failed: this is a bug. The agent tries again in {} s.", node.name(), pause.toSeconds(), fault);
        this.fault = Optional.of("tracing " + node.name() + " has failed: " + fault + "; tried again");
        return pause;
    }

    private Duration trace() throws IOException {
        // Before attaching, because making hundreds of meters takes time, and the ring buffer fills from then on.
        TracedNodeMetrics metrics = meters.of(node);
        BootClock clock = new BootClock();
        long epoch = register.nextEpoch(node.name(), node.network(), clock.unixNowNs());
        try (Tracing tracing = Tracing.attach(node.process().pid(), node.process().openedExecutable(),
                settings.tracepoints().chosen(), settings.ringBufferBytes())) {
            if (hasEnded()) {
                return ATTACH_AGAIN;
            }
            report(tracing);
            TracedNode traced = new TracedNode(node, run, tracing, clock,
                    new NodeStream(node.name(), node.network(), epoch, sink, metrics::on));
            meters.add(node, traced);
            long began = System.nanoTime();
            try {
                follow(traced);
            } catch (RuntimeException e) {
                giveUp(traced, e);
                return failed(e, Duration.ofNanos(System.nanoTime() - began));
            } finally {
                meters.remove(node);
            }
            silent.countDown();
            letTheNextAttach();
            return Duration.ZERO;
        }
    }

    /** Accounts for records that were captured but will not be decoded, as far as the fault allows it. */
    private static void giveUp(TracedNode traced, RuntimeException fault) {
        try {
            traced.failed();
        } catch (RuntimeException again) {
            fault.addSuppressed(again);
        }
    }

    /** Lets a restarted process be attached to first. Detaching from the old one would delay it. */
    private void letTheNextAttach() {
        try {
            closing.await(DETACH_LATER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(TracedNode traced) {
        traced.started();
        obstacle = Optional.empty();
        fault = Optional.empty();
        long heartbeatNs = settings.heartbeatInterval().toNanos();
        long nextHeartbeat = System.nanoTime() + heartbeatNs;
        while (stopping == null) {
            long beganNs = System.nanoTime();
            traced.drain();
            long late = System.nanoTime() - nextHeartbeat;
            if (late >= 0) {
                traced.heartbeat();
                nextHeartbeat += (late / heartbeatNs + 1) * heartbeatNs;
            }
            // In a burst the ring buffer fills during a pause: the longer a drain took, the sooner the next follows.
            pause(settings.drainInterval().minusNanos(System.nanoTime() - beganNs));
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
