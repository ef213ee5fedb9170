package org.bitcoinwatchdog.agent.recording;

import java.util.EnumMap;
import java.util.Map;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Decoded;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.TracepointStatus;

/**
 * One node of a recording as its agent would have seen it: it numbers the events, adds a heartbeat every second, and
 * counts the calls of each tracepoint. A recording does not say which tracepoints were attached, so those that are on
 * by default count as attached.
 */
final class RecordedNode {
    static final long HEARTBEAT_NS = 1_000_000_000L;

    private final String name;
    private final String network;
    private final long epoch;
    private final Map<Tracepoint, Long> fired = new EnumMap<>(Tracepoint.class);
    private long sequence;
    private long nextHeartbeatNs;

    RecordedNode(String name, String network, long firstCallNs) {
        this.name = name;
        this.network = network;
        this.epoch = firstCallNs;
        this.nextHeartbeatNs = firstCallNs + HEARTBEAT_NS;
        for (Tracepoint tracepoint : Tracepoint.values()) {
            if (tracepoint.onByDefault() && !tracepoint.inPatchedBuildsOnly()) {
                fired.put(tracepoint, 0L);
            }
        }
    }

    String name() {
        return name;
    }

    NodeEvent started() {
        return numbered(NodeEvent.newBuilder().setObservedAtNs(epoch).setNodeStarted(NodeStarted.getDefaultInstance()));
    }

    NodeEvent call(Decoded decoded) {
        fired.merge(decoded.tracepoint(), 1L, Long::sum);
        return numbered(decoded.event());
    }

    long nextHeartbeatNs() {
        return nextHeartbeatNs;
    }

    NodeEvent heartbeat() {
        Heartbeat.Builder heartbeat = Heartbeat.newBuilder().setPublished(sequence).setAcknowledged(sequence);
        fired.forEach((tracepoint, count) -> heartbeat.addTracepoints(TracepointStatus.newBuilder()
                .setTracepoint(tracepoint.fullName())
                .setAttached(true)
                .setFired(count)
                .setCaptured(count)));
        NodeEvent event = numbered(NodeEvent.newBuilder().setObservedAtNs(nextHeartbeatNs).setHeartbeat(heartbeat));
        nextHeartbeatNs += HEARTBEAT_NS;
        return event;
    }

    private NodeEvent numbered(NodeEvent.Builder event) {
        return event.setNode(name).setNetwork(network).setEpoch(epoch).setSequence(sequence++).build();
    }
}
