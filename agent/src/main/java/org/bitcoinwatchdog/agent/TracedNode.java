package org.bitcoinwatchdog.agent;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.bitcoinwatchdog.agent.discovery.Node;
import org.bitcoinwatchdog.agent.kernel.BootClock;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.agent.record.RecordDecoder;
import org.bitcoinwatchdog.agent.record.RecordOutcome;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Decoded;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Flaw;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Malformed;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.NodeStopped;

/** One epoch of a node: turns its records into events, in the kernel's order. Not thread-safe. */
final class TracedNode {
    /**
     * One run of the agent. Every heartbeat names it: if two runs publish one node, their names conflict.
     *
     * @param host the name of this host
     * @param id   random, not 0
     */
    record AgentRun(String host, long id) {
        static AgentRun of(String host) {
            return new AgentRun(host, new SecureRandom().nextLong() | 1);
        }
    }

    private static final long NS_PER_SECOND = 1_000_000_000;

    private final Node node;
    private final AgentRun run;
    private final Tracing tracing;
    private final BootClock clock;
    private final NodeStream stream;
    private final RecordDecoder decoder;
    private final NodeAccount account;
    private final BitcoindVersion version = new BitcoindVersion();
    private volatile Heartbeat lastHeartbeat = Heartbeat.getDefaultInstance();

    TracedNode(Node node, AgentRun run, Tracing tracing, BootClock clock, NodeStream stream) {
        this.node = node;
        this.run = run;
        this.tracing = tracing;
        this.clock = clock;
        this.stream = stream;
        this.decoder = new RecordDecoder(node.network());
        this.account = new NodeAccount(tracing.states(), stream.account(), beganNs());
    }

    void started() {
        NodeStarted.Builder started = NodeStarted.newBuilder()
                .setPid(node.process().pid())
                .setExecutable(node.process().executable().toString())
                .setDataDirectory(node.process().dataDirectory().toString())
                .setBitcoindVersion(version.software().text())
                .setImplementation(version.software().implementation())
                .setBitcoindStartedAtNs(startedAtNs())
                .setHost(run.host())
                .setAgentRun(run.id());
        node.process().options().ifPresent(started::setOptions);
        stream.stamp(at(beganNs()).setNodeStarted(started));
    }

    /** Publishes what the kernel has captured since the last call. */
    void drain() {
        tracing.records().drain(this::onRecord);
    }

    /** Publishes the losses since the last heartbeat, and all counters. */
    void heartbeat() {
        clock.follow();
        account.attached().forEach(tracepoint -> account.counted(tracepoint, tracing.count(tracepoint)));
        long nowNs = clock.unixNowNs();
        for (Loss loss : account.takeLosses(nowNs)) {
            stream.stamp(at(nowNs).setLoss(loss));
        }
        Heartbeat heartbeat = account.heartbeat()
                .setPid(node.process().pid())
                .setBitcoindVersion(version.software().text())
                .setImplementation(version.software().implementation())
                .setBitcoindStartedAtNs(startedAtNs())
                .setHost(run.host())
                .setAgentRun(run.id())
                .build();
        lastHeartbeat = heartbeat;
        stream.stamp(at(nowNs).setHeartbeat(heartbeat));
    }

    /**
     * Publishes the rest after the process has ended. Detaching takes long and nothing fires any more, so it can follow
     * later.
     */
    void ended() {
        drain();
        stopped(NodeStopped.Cause.CAUSE_PROCESS_ENDED);
    }

    /** Detaches from a process that goes on, and publishes its calls until then. */
    void left() {
        tracing.detach(this::drain);
        drain();
        stopped(NodeStopped.Cause.CAUSE_AGENT_STOPPED);
    }

    /** Detaches after a fault, and accounts for records that were captured but will not be decoded. */
    void failed() {
        tracing.detach(() -> { });
        tracing.records().drain((records, offset, length) -> account.undecodable(decoder.givenUp(records, offset, length)));
        stopped(NodeStopped.Cause.CAUSE_TRACING_FAILED);
    }

    /** The names of the chosen tracepoints. */
    List<String> tracepoints() {
        return tracing.states().stream().map(state -> state.tracepoint().fullName()).toList();
    }

    /** The last published heartbeat. */
    Heartbeat lastHeartbeat() {
        return lastHeartbeat;
    }

    private void stopped(NodeStopped.Cause cause) {
        heartbeat();
        stream.stamp(at(clock.unixNowNs()).setNodeStopped(
                NodeStopped.newBuilder().setPid(node.process().pid()).setCause(cause)));
    }

    private void onRecord(ByteBuffer records, int offset, int length) {
        RecordOutcome outcome = decoder.decode(records, offset, length, clock.bootTimeNs());
        if (outcome instanceof Malformed malformed) {
            account.undecodable(malformed);
            return;
        }
        Decoded decoded = (Decoded) outcome;
        version.learnFrom(decoded.event());
        try {
            stream.stamp(decoded.event());
        } catch (RuntimeException e) {
            account.undecodable(new Malformed(decoded.tracepoint().number(), Flaw.FAULT));
            throw e;
        }
    }

    private long startedAtNs() {
        Instant startedAt = node.process().startedAt();
        return startedAt.getEpochSecond() * NS_PER_SECOND + startedAt.getNano();
    }

    /** The epoch is the time at which it began, unless the clock was set back since the epoch before. */
    private long beganNs() {
        return Math.min(stream.account().epoch(), clock.unixNowNs());
    }

    private static NodeEvent.Builder at(long timeNs) {
        return NodeEvent.newBuilder().setObservedAtNs(timeNs);
    }
}
