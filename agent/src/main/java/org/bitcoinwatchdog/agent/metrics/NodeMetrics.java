package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tracepoints' calls as metrics named {@code bitcoind_*}. Labels are bounded: addresses and values that a peer
 * chose are not labels. A node that has ended keeps its series, so that its end is visible, until it is forgotten or
 * {@value #MOST_NODES} other nodes have come after it.
 */
public final class NodeMetrics {
    /** A host has a few nodes. Only tests make many. */
    static final int MOST_NODES = 64;

    private final MeterRegistry registry;
    private final Map<String, TracedNodeMetrics> nodes = new HashMap<>();
    private final Deque<String> inOrderOfStart = new ArrayDeque<>();

    public NodeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The meters of the node. They continue those of its last process. */
    public synchronized TracedNodeMetrics of(String node, String network) {
        String key = network + " " + node;
        inOrderOfStart.remove(key);
        inOrderOfStart.add(key);
        TracedNodeMetrics metrics = nodes.computeIfAbsent(key, absent -> new TracedNodeMetrics(registry, node, network));
        if (inOrderOfStart.size() > MOST_NODES) {
            nodes.remove(inOrderOfStart.remove()).remove();
        }
        return metrics;
    }

    /** Removes the meters of a node that is not traced. */
    public synchronized void forget(String node) {
        List<String> keys = nodes.keySet().stream().filter(key -> key.substring(key.indexOf(' ') + 1).equals(node)).toList();
        for (String key : keys) {
            inOrderOfStart.remove(key);
            nodes.remove(key).remove();
        }
    }
}
