package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tracepoints tell about the nodes, as metrics named {@code bitcoind_*}. Labels are bounded: nothing that a peer
 * chose, and no address, becomes one. A node that has ended keeps its series, so that its end can be seen, until it is
 * forgotten or {@value #MOST_NODES} others have come after it.
 */
public final class NodeMetrics {
    /** A host has a handful; many more only come where nodes are made and thrown away, in tests. */
    static final int MOST_NODES = 64;

    private final MeterRegistry registry;
    private final Map<String, TracedNodeMetrics> nodes = new HashMap<>();
    private final Deque<String> inOrderOfStart = new ArrayDeque<>();

    public NodeMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** The meters of the node, which go on where those of its last process ended. */
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

    /** Removes the meters of the node. Only for a node that is not traced. */
    public synchronized void forget(String node) {
        List<String> keys = nodes.keySet().stream().filter(key -> key.substring(key.indexOf(' ') + 1).equals(node)).toList();
        for (String key : keys) {
            inOrderOfStart.remove(key);
            nodes.remove(key).remove();
        }
    }
}
