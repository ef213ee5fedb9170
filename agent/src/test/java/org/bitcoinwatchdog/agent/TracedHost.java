package org.bitcoinwatchdog.agent;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.agent.TracedNode.AgentRun;
import org.bitcoinwatchdog.agent.discovery.BitcoindProcesses;
import org.bitcoinwatchdog.agent.discovery.NodeRegister;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.discovery.Nodes;
import org.bitcoinwatchdog.agent.publish.EventSink;

/** The agent's tracing, wired as in {@link Agent}, but the events are collected here instead of in Kafka. */
final class TracedHost implements AutoCloseable {
    /** Room for all recordings: they come within a tenth of a second, to a JVM that has just started. */
    private static final int RING_BUFFER_BYTES = 1 << 26;

    private final CollectedEvents events = new CollectedEvents();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final NodeFollower follower;

    private TracedHost(AgentSettings settings, Optional<EventSink> sink) {
        AgentMeters agentMeters = new AgentMeters(meters);
        NodeRegister register = NodeRegister.inMemory();
        follower = new NodeFollower(new Nodes(new BitcoindProcesses(), settings.nodes(), "host", register),
                node -> new NodeTracer(
                        node, settings, register, AgentRun.of("host"), sink.orElse(events), agentMeters), agentMeters);
        follower.start();
    }

    /** Traces these nodes with every tracepoint, including those that are off by default. */
    static TracedHost of(NodeSettings... nodes) {
        return everything(Optional.empty(), nodes);
    }

    /** The same, but the events go to the sink. */
    static TracedHost of(EventSink sink, NodeSettings... nodes) {
        return everything(Optional.of(sink), nodes);
    }

    private static TracedHost everything(Optional<EventSink> sink, NodeSettings... nodes) {
        AgentSettings defaults = AgentSettings.defaults();
        return new TracedHost(new AgentSettings(
                List.of(nodes), List.of(),
                new TracepointSettings(Set.of("utxocache:*", "coin_selection:*"), Set.of()),
                RING_BUFFER_BYTES, defaults.drainInterval(), defaults.heartbeatInterval(),
                defaults.memoryBytes(), defaults.spoolBytes()), sink);
    }

    /** With a ring buffer that is too small for the load. The events go to the sink. */
    static TracedHost overloaded(int ringBufferBytes, EventSink sink, NodeSettings... nodes) {
        AgentSettings defaults = AgentSettings.defaults();
        return new TracedHost(new AgentSettings(List.of(nodes), List.of(), defaults.tracepoints(), ringBufferBytes, defaults.drainInterval(),
                defaults.heartbeatInterval(), defaults.memoryBytes(), defaults.spoolBytes()), Optional.of(sink));
    }

    CollectedEvents events() {
        return events;
    }

    MeterRegistry meters() {
        return meters;
    }

    /** The agent's report at /healthz. */
    Optional<String> fault() {
        return follower.fault();
    }

    /** What ends the agent. */
    Optional<String> ended() {
        return follower.ended();
    }

    @Override
    public void close() {
        follower.close();
    }
}
