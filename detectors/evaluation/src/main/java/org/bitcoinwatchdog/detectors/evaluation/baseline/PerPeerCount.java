package org.bitcoinwatchdog.detectors.evaluation.baseline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * "More than N messages of one peer within a window." It counts per peer, which is the more favourable reading: a
 * listening node gets dozens of addr messages a minute. The alarm ends after ten windows without another one.
 */
public final class PerPeerCount implements Baseline {
    private static final int QUIET_WINDOWS = 10;

    /** One node's peers, and the end of its alarm. */
    private static final class NodeCounts {
        final Map<Long, Deque<Long>> times = new HashMap<>();
        boolean on;
        long untilNs;
    }

    private final String name;
    private final Set<String> types;
    private final int limit;
    private final long windowNs;
    private final Map<String, NodeCounts> nodes = new HashMap<>();

    private PerPeerCount(String name, Set<String> types, int limit, long windowS) {
        this.name = name;
        this.types = types;
        this.limit = limit;
        this.windowNs = windowS * 1_000_000_000L;
    }

    public static PerPeerCount addresses() {
        return new PerPeerCount("baseline: > 6 addr in 60 s", Set.of("addr", "addrv2"), 6, 60);
    }

    public static PerPeerCount pings() {
        return new PerPeerCount("baseline: > 3 pings in 120 s", Set.of("ping"), 3, 120);
    }

    @Override
    public void on(NodeEvent event, Alarms alarms) {
        boolean counted = event.hasInboundMessage() && types.contains(event.getInboundMessage().getType());
        if (counted) {
            count(event, alarms);
        } else if (event.hasHeartbeat()) {
            NodeCounts node = nodes.get(event.getNode());
            if (node != null && node.on && event.getObservedAtNs() > node.untilNs) {
                node.on = false;
                alarms.alarm(name, event.getNode(), false);
            }
        } else if (event.hasClosedConnection() && nodes.containsKey(event.getNode())) {
            nodes.get(event.getNode()).times.remove(event.getClosedConnection().getPeer().getId());
        }
    }

    private void count(NodeEvent event, Alarms alarms) {
        Message message = event.getInboundMessage();
        NodeCounts node = nodes.computeIfAbsent(event.getNode(), name -> new NodeCounts());
        Deque<Long> times = node.times.computeIfAbsent(message.getPeer().getId(), id -> new ArrayDeque<>());
        long now = event.getObservedAtNs();
        times.addLast(now);
        while (times.getFirst() <= now - windowNs) {
            times.removeFirst();
        }
        if (times.size() > limit) {
            node.untilNs = now + QUIET_WINDOWS * windowNs;
            if (!node.on) {
                node.on = true;
                alarms.alarm(name, event.getNode(), true);
            }
        }
    }
}
