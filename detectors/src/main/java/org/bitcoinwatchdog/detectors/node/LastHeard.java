package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStopped;

/**
 * When, by the wall clock of the detectors' host, a node was last heard of. Only the {@link WallClockRule}s look at it;
 * in a replay it stays empty, so that they never fire.
 */
public final class LastHeard implements Stateful {
    public static final String SECTION = "hearing";
    private static final long LATENESS_SPAN_NS = Duration.ofMinutes(1).toNanos();
    private static final NodeStopped.Cause RUNS = NodeStopped.Cause.CAUSE_UNSPECIFIED;

    private String network;
    private long heardAtNs;
    private long observedAtNs;
    private long spooled;
    private NodeStopped.Cause stopped = RUNS;
    /** The least lateness in the present span, and in the one before. */
    private long spanBeganNs;
    private long least = Long.MAX_VALUE;
    private long leastBefore = Long.MAX_VALUE;

    LastHeard(String network) {
        this.network = network;
    }

    /** The network of a node known only from its stored state. */
    public static String networkOf(byte[] stored) {
        if (stored == null) {
            return ""; // of a version that did not keep this
        }
        LastHeard lastHeard = new LastHeard("");
        lastHeard.restore(new StateReader(stored));
        return lastHeard.network;
    }

    void heard(NodeEvent event, long wallNs) {
        heardAtNs = wallNs;
        observedAtNs = event.getObservedAtNs();
        if (wallNs - spanBeganNs >= LATENESS_SPAN_NS || wallNs < spanBeganNs) {
            leastBefore = wallNs - spanBeganNs < 2 * LATENESS_SPAN_NS ? least : Long.MAX_VALUE;
            least = Long.MAX_VALUE;
            spanBeganNs = wallNs;
        }
        least = Math.min(least, wallNs - observedAtNs);
        switch (event.getBodyCase()) {
            case NODE_STOPPED -> stopped = known(event.getNodeStopped().getCause());
            case HEARTBEAT -> {
                stopped = RUNS;
                spooled = event.getHeartbeat().getSpooled();
            }
            case NODE_STARTED -> stopped = RUNS;
            default -> { }
        }
    }

    /** Whether any event was read in this or an earlier run of the detectors. */
    public boolean begun() {
        return heardAtNs != 0;
    }

    /** Wall clock when its last event was read. */
    public long heardAtNs() {
        return heardAtNs;
    }

    /** The node's own time of that event. */
    public long observedAtNs() {
        return observedAtNs;
    }

    /** How late that event was: the delay in Kafka plus the difference between two clocks. */
    public long latenessNs() {
        return heardAtNs - observedAtNs;
    }

    /** The least lateness of the last one to two minutes: nearest to the difference between the clocks. */
    public long leastLatenessNs() {
        return Math.min(least, leastBefore);
    }

    /** Events that waited at the agent when it wrote its last heartbeat. */
    public long spooled() {
        return spooled;
    }

    /** Whether the last event says that bitcoind ended. */
    public boolean bitcoindEnded() {
        return stopped == NodeStopped.Cause.CAUSE_PROCESS_ENDED;
    }

    /** Whether the last event says that the agent was stopped. */
    public boolean agentStopped() {
        return stopped == NodeStopped.Cause.CAUSE_AGENT_STOPPED;
    }

    /** Whether the last event says that tracing failed by a fault of the agent. */
    public boolean tracingFailed() {
        return stopped == NodeStopped.Cause.CAUSE_TRACING_FAILED;
    }

    /** A cause of a later version has no number here and is stored as no cause. */
    private static NodeStopped.Cause known(NodeStopped.Cause cause) {
        return cause == NodeStopped.Cause.UNRECOGNIZED ? RUNS : cause;
    }

    @Override
    public String section() {
        return SECTION;
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).text(network).number(heardAtNs).number(observedAtNs).number(spooled).number(stopped.getNumber());
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        network = in.text();
        heardAtNs = in.number();
        observedAtNs = in.number();
        spooled = in.number();
        NodeStopped.Cause cause = NodeStopped.Cause.forNumber(in.integer());
        stopped = cause == null ? RUNS : cause;
    }
}
