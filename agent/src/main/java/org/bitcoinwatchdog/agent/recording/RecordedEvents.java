package org.bitcoinwatchdog.agent.recording;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.bitcoinwatchdog.agent.record.RecordDecoder;
import org.bitcoinwatchdog.agent.record.RecordOutcome;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Decoded;
import org.bitcoinwatchdog.agent.recording.RecordWriter.BadCallException;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.RecordedCall;

/**
 * The NodeEvents that an agent would have published for the nodes of a recording, in the order of its calls. Each call
 * is converted to the kernel's binary record and read by {@link RecordDecoder}. Two kinds of event are made up: a
 * NodeStarted at each node's first call, and from then on a Heartbeat in every second of event time, because a node
 * without heartbeats in a recording counts as healthy and silent. Lazy and not thread-safe.
 *
 * <p>A gap of more than {@link #AWAY} between two calls means that the agent was away. No heartbeats fill it, because
 * one line with a wrong time would cost millions of them. Each node starts a new epoch at its next call.
 */
public final class RecordedEvents implements Iterator<NodeEvent> {
    /**
     * A recorded call that no process could have made.
     *
     * @param reason as text; it never repeats the arguments
     */
    public record SkippedCall(RecordedCall call, String reason) {
    }

    static final Duration AWAY = Duration.ofDays(1);

    private final Iterator<RecordedCall> calls;
    private final String network;
    private final Consumer<SkippedCall> skippedCalls;
    private final RecordWriter writer = new RecordWriter();
    private final RecordDecoder decoder;
    private final Map<String, RecordedNode> nodes = new HashMap<>();
    private final PriorityQueue<RecordedNode> heartbeats =
            new PriorityQueue<>(Comparator.comparingLong(RecordedNode::nextHeartbeatNs).thenComparing(RecordedNode::name));
    /** The next call, which waits for the heartbeats that are due before it; null if there is none. */
    private Decoded pending;
    private RecordedCall pendingCall;
    private long nowNs;
    private long skipped;

    /**
     * @param calls        one recording, or several merged in order of time
     * @param network      of all its nodes
     * @param skippedCalls gets each call that no process could have made
     */
    public RecordedEvents(Iterator<RecordedCall> calls, String network, Consumer<SkippedCall> skippedCalls) {
        this.calls = calls;
        this.network = network;
        this.skippedCalls = skippedCalls;
        this.decoder = new RecordDecoder(network);
    }

    @Override
    public boolean hasNext() {
        while (pending == null && calls.hasNext()) {
            advance(calls.next());
        }
        return pending != null;
    }

    @Override
    public NodeEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        RecordedNode due = heartbeats.peek();
        if (due != null && due.nextHeartbeatNs() <= nowNs) {
            return heartbeat();
        }
        RecordedNode node = nodes.get(pendingCall.node());
        if (node == null) {
            return start();
        }
        NodeEvent event = node.call(pending);
        pending = null;
        return event;
    }

    /** Calls skipped so far. */
    public long skipped() {
        return skipped;
    }

    private void advance(RecordedCall call) {
        pending = decode(call);
        pendingCall = call;
        if (pending == null) {
            return;
        }
        if (call.timeNs() - nowNs > AWAY.toNanos()) {
            nodes.clear();
            heartbeats.clear();
        }
        // Calls of several nodes may be slightly out of order. Time does not go back.
        nowNs = Math.max(nowNs, call.timeNs());
    }

    private NodeEvent heartbeat() {
        RecordedNode node = heartbeats.remove();
        NodeEvent heartbeat = node.heartbeat();
        heartbeats.add(node);
        return heartbeat;
    }

    private NodeEvent start() {
        RecordedNode node = new RecordedNode(pendingCall.node(), network, pendingCall.timeNs());
        nodes.put(pendingCall.node(), node);
        heartbeats.add(node);
        return node.started();
    }

    private Decoded decode(RecordedCall call) {
        try {
            ByteBuffer record = writer.write(call);
            RecordOutcome outcome = decoder.decode(record, 0, record.limit(), 0);
            if (outcome instanceof Decoded decoded) {
                return decoded;
            }
            throw new IllegalStateException("a record just written is " + outcome);
        } catch (BadCallException e) {
            skipped++;
            skippedCalls.accept(new SkippedCall(call, e.getMessage()));
            return null;
        }
    }
}
