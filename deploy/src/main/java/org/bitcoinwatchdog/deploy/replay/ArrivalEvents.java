package org.bitcoinwatchdog.deploy.replay;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.bitcoinwatchdog.events.BlockArrivals;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;

/**
 * The events of a node of which only the connected blocks are known. Heartbeats say that it lives: one each second while another
 * node has the next block already, so that lags are measured exactly, else one each half minute, so that a year takes seconds. Where
 * heights are missing, numbers are missing in the sequence, which the detectors take as lost events. If the next known block comes late
 * besides, the agent was away: no heartbeats fill the time, and a new epoch of the same bitcoind begins.
 */
final class ArrivalEvents implements Iterator<NodeEvent> {
    private static final long HEARTBEAT_NS = Duration.ofSeconds(30).toNanos();
    private static final long LAGGING_HEARTBEAT_NS = Duration.ofSeconds(1).toNanos();
    private static final long AWAY_NS = Duration.ofMinutes(30).toNanos();
    /** A longer pause means that the block's time is wrong, or that the node was off. */
    private static final long OFF_NS = Duration.ofDays(1).toNanos();
    private static final Heartbeat HEARTBEAT = Heartbeat.newBuilder().setPid(1).build();

    private final String node;
    private final String network;
    private final Map<Integer, Long> firstConnectsNs;
    private final Iterator<BlockArrivals.BlockArrival> blocks;
    private BlockArrivals.BlockArrival next;
    private boolean attached;
    private long epoch;
    private long sequence;
    private long nowNs;

    /** @param firstConnectsNs when the first node of the fleet connected a height */
    ArrivalEvents(BlockArrivals arrivals, String network, Map<Integer, Long> firstConnectsNs) {
        this.firstConnectsNs = firstConnectsNs;
        this.node = arrivals.node();
        this.network = network;
        this.blocks = arrivals.connected().iterator();
        this.next = blocks.hasNext() ? blocks.next() : null;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public NodeEvent next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        if (!attached) {
            attached = true;
            nowNs = next.atNs();
            epoch = nowNs;
            sequence = 0;
            return event().setNodeStarted(NodeStarted.newBuilder().setPid(1)).build();
        }
        long beatNs = nowNs + untilBeatNs();
        if (beatNs < next.atNs()) {
            nowNs = beatNs;
            return event().setHeartbeat(HEARTBEAT).build();
        }
        return connected();
    }

    private long untilBeatNs() {
        long firstNs = firstConnectsNs.getOrDefault(next.height(), Long.MAX_VALUE);
        return firstNs <= nowNs ? LAGGING_HEARTBEAT_NS : Math.min(HEARTBEAT_NS, firstNs - nowNs);
    }

    private NodeEvent connected() {
        nowNs = next.atNs();
        NodeEvent connected = event().setBlockConnected(
                BlockConnected.newBuilder().setHash(next.hash()).setHeight(next.height())).build();
        int height = next.height();
        next = blocks.hasNext() ? blocks.next() : null;
        if (next != null) {
            int missing = Math.max(0, next.height() - height - 1);
            sequence += missing;
            attached = next.atNs() - nowNs < (missing > 0 ? AWAY_NS : OFF_NS);
        }
        return connected;
    }

    private NodeEvent.Builder event() {
        return NodeEvent.newBuilder().setNode(node).setNetwork(network).setEpoch(epoch).setSequence(sequence++)
                .setObservedAtNs(nowNs);
    }
}
