package org.bitcoinwatchdog.agent;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.bitcoinwatchdog.agent.discovery.Node;
import org.bitcoinwatchdog.agent.metrics.NodeMetrics;
import org.bitcoinwatchdog.agent.metrics.TracedNodeMetrics;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.TracepointStatus;

/** The nodes' books as metrics, with the figures of their last heartbeats, and the metrics of the nodes' activity. */
final class AgentMeters {
    private static final String PREFIX = "watchdog.agent.";

    private final MeterRegistry registry;
    private final NodeMetrics nodeMetrics;
    private final Counter attachFailures;
    private final Counter faults;
    private final Map<String, List<Meter>> meters = new HashMap<>();

    AgentMeters(MeterRegistry registry) {
        this.registry = registry;
        this.nodeMetrics = new NodeMetrics(registry);
        this.attachFailures = Counter.builder(PREFIX + "attach.failures")
                .description("Attempts to trace a process that failed; the log says why")
                .register(registry);
        this.faults = Counter.builder(PREFIX + "faults")
                .description("Faults of the agent itself after which it tried again; the log has the reason")
                .register(registry);
        Gauge.builder(PREFIX + "nodes", this, AgentMeters::nodes)
                .description("bitcoind processes that are traced now")
                .register(registry);
    }

    /** The meters that this node's events update. */
    TracedNodeMetrics of(Node node) {
        return nodeMetrics.of(node.name(), node.network());
    }

    synchronized void add(Node node, TracedNode traced) {
        List<Meter> added = meters.computeIfAbsent(node.name(), name -> new ArrayList<>());
        Tags tags = Tags.of("node", node.name(), "network", node.network());
        added.add(events(traced, tags, "published", "Events handed to Kafka's producer", Heartbeat::getPublished));
        added.add(events(traced, tags, "acknowledged", "Events that Kafka has acknowledged", Heartbeat::getAcknowledged));
        added.add(events(traced, tags, "lost", "Events that will never reach Kafka", Heartbeat::getLost));
        added.add(Gauge.builder(PREFIX + "events.waiting", traced, t -> t.lastHeartbeat().getSpooled())
                .description("Events in memory and on disk that wait for Kafka")
                .tags(tags)
                .register(registry));
        traced.tracepoints().forEach(name -> {
            Tags own = tags.and("tracepoint", name);
            added.add(calls(traced, own, name, "fired", "Traced calls", TracepointStatus::getFired));
            added.add(calls(traced, own, name, "captured", "Calls that became a record", TracepointStatus::getCaptured));
            added.add(calls(traced, own, name, "dropped", "Calls without room in the ring buffer",
                    TracepointStatus::getDropped));
            added.add(calls(traced, own, name, "undecodable", "Records that could not be decoded",
                    TracepointStatus::getUndecodable));
            added.add(Gauge.builder(PREFIX + "tracepoint.attached", traced,
                            t -> status(t, name).getAttached() ? 1 : 0)
                    .description("1 if the tracepoint is traced, 0 if it can't be")
                    .tags(own)
                    .register(registry));
        });
    }

    synchronized void remove(Node node) {
        List<Meter> removed = meters.remove(node.name());
        if (removed != null) {
            removed.forEach(registry::remove);
        }
    }

    synchronized void forget(String node) {
        if (!meters.containsKey(node)) {
            nodeMetrics.forget(node);
        }
    }

    void attachFailed() {
        attachFailures.increment();
    }

    void fault() {
        faults.increment();
    }

    /** How many nodes are traced now. */
    synchronized int nodes() {
        return meters.size();
    }

    private Meter events(
            TracedNode traced, Tags tags, String what, String description, ToDoubleFunction<Heartbeat> count) {
        return FunctionCounter.builder(PREFIX + "events." + what, traced,
                        t -> count.applyAsDouble(t.lastHeartbeat()))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private Meter calls(TracedNode traced, Tags tags, String tracepoint, String what, String description,
            ToDoubleFunction<TracepointStatus> count) {
        return FunctionCounter.builder(PREFIX + "calls." + what, traced,
                        t -> count.applyAsDouble(status(t, tracepoint)))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private static TracepointStatus status(TracedNode traced, String tracepoint) {
        return traced.lastHeartbeat().getTracepointsList().stream()
                .filter(status -> status.getTracepoint().equals(tracepoint))
                .findFirst()
                .orElse(TracepointStatus.getDefaultInstance());
    }
}
