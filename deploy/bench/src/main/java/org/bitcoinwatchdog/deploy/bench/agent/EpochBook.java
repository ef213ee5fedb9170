package org.bitcoinwatchdog.deploy.bench.agent;

import java.time.Duration;
import java.util.Locale;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.TracepointStatus;

/** The events of one node and epoch in Kafka: whether the sequence is complete and in order, and the agent's own counts. */
public final class EpochBook {
    private final String node;
    private final long epoch;
    private long next;
    private long missing;
    private long outOfOrder;
    private long calls;
    private long toldLost;
    private long firstCallNs;
    private long lastCallNs;
    private int pid;
    private boolean stopped;
    private Heartbeat heartbeat = Heartbeat.getDefaultInstance();

    EpochBook(String node, long epoch) {
        this.node = node;
        this.epoch = epoch;
    }

    void on(NodeEvent event) {
        long sequence = event.getSequence();
        if (sequence < next) {
            outOfOrder++;
        } else {
            missing += sequence - next;
            next = sequence + 1;
        }
        switch (event.getBodyCase()) {
            case HEARTBEAT -> heartbeat = event.getHeartbeat();
            case NODE_STARTED -> pid = event.getNodeStarted().getPid();
            case NODE_STOPPED -> stopped = true;
            case LOSS -> toldLost += event.getLoss().getEvents();
            default -> called(event.getObservedAtNs());
        }
    }

    private void called(long timeNs) {
        firstCallNs = calls++ == 0 ? timeNs : firstCallNs;
        lastCallNs = timeNs;
    }

    public String node() {
        return node;
    }

    /** The process id; 0 if the epoch's first event did not arrive. */
    public int pid() {
        return pid;
    }

    /** Events that arrived, of any kind. */
    public long events() {
        return next - missing;
    }

    /** Traced calls that arrived as events. */
    public long calls() {
        return calls;
    }

    /** From the first call to the last, in the kernel's time. */
    public Duration callsLasted() {
        return Duration.ofNanos(lastCallNs - firstCallNs);
    }

    /** Sequence numbers that never came. */
    public long missing() {
        return missing;
    }

    /** Events that came after a later one, or twice. */
    public long outOfOrder() {
        return outOfOrder;
    }

    /** The sum of all Loss events. */
    public long toldLost() {
        return toldLost;
    }

    /** Whether the epoch's last event came. */
    public boolean stopped() {
        return stopped;
    }

    /** The last one. */
    public Heartbeat heartbeat() {
        return heartbeat;
    }

    public long fired() {
        return heartbeat.getTracepointsList().stream().mapToLong(TracepointStatus::getFired).sum();
    }

    public long captured() {
        return heartbeat.getTracepointsList().stream().mapToLong(TracepointStatus::getCaptured).sum();
    }

    public long dropped() {
        return heartbeat.getTracepointsList().stream().mapToLong(TracepointStatus::getDropped).sum();
    }

    public long undecodable() {
        return heartbeat.getTracepointsList().stream().mapToLong(TracepointStatus::getUndecodable).sum();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s, process %d, epoch %d: %,d events arrived, of them %,d calls; %,d missing, %,d out of "
                        + "order; fired %,d = captured %,d + dropped %,d; undecodable %,d, lost %,d",
                node, pid, epoch, events(), calls, missing, outOfOrder, fired(), captured(), dropped(), undecodable(),
                heartbeat.getLost());
    }
}
