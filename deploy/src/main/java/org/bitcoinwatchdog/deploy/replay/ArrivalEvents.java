package org.bitcoinwatchdog.deploy.replay;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.bitcoinwatchdog.events.BlockArrivals;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;

/**
 * The events of a node of which only the arrival of its blocks is known: it connects each at once, and a heartbeat every
 * half minute says that it lives, so that a year takes seconds. Where heights are missing the observer was away: no
 * heartbeats fill that, and a new epoch begins.
 */
final class ArrivalEvents implements Iterator<NodeEvent> {
    private static final long HEARTBEAT_NS = Duration.ofSeconds(30).toNanos();
    private static final Heartbeat HEARTBEAT = Heartbeat.newBuilder().setPid(1).build();

    private final String node;
    private final String network;
    private final Iterator<BlockArrivals.BlockArrival> arrivals;
    private BlockArrivals.BlockArrival next;
    private boolean started;
    private long epoch;
    private long sequence;
    private long nowNs;

    ArrivalEvents(BlockArrivals blocks, String network) {
        this.node = blocks.node();
        this.network = network;
        this.arrivals = blocks.arrivals().iterator();
        this.next = arrivals.hasNext() ? arrivals.next() : null;
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
        if (!started) {
            started = true;
            nowNs = next.atNs();
            epoch = nowNs;
            sequence = 0;
            return event().setNodeStarted(NodeStarted.newBuilder().setPid(1)).build();
        }
        if (next.atNs() - nowNs > HEARTBEAT_NS) {
            nowNs += HEARTBEAT_NS;
            return event().setHeartbeat(HEARTBEAT).build();
        }
        nowNs = next.atNs();
        NodeEvent connected = event().setBlockConnected(
                BlockConnected.newBuilder().setHash(next.hash()).setHeight(next.height())).build();
        int height = next.height();
        next = arrivals.hasNext() ? arrivals.next() : null;
        started = next != null && next.height() == height + 1;
        return connected;
    }

    private NodeEvent.Builder event() {
        return NodeEvent.newBuilder().setNode(node).setNetwork(network).setEpoch(epoch).setSequence(sequence++)
                .setObservedAtNs(nowNs);
    }
}
