package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStopped;

/**
 * A node's clock, and since when what it did is known without a hole. The clock is the time of its events: heartbeats
 * advance it every second, so a longer step is itself a hole (a suspended machine, a clock that was set).
 */
public final class Continuity implements Stateful {
    private static final long STEP_NS = Duration.ofSeconds(60).toNanos();

    /** What became of an event. */
    public enum Arrival {
        NEW,
        /** Its sequence was seen before: delivered twice. */
        DUPLICATE,
        /** Of an earlier attach than the last event. */
        OUTDATED
    }

    private boolean begun;
    private long epoch;
    private long sequence;
    private long nowNs;
    private long messagesKnownSinceNs;
    private long connectionsKnownSinceNs;
    private long blocksKnownSinceNs;
    private long processStartedAtNs;
    private int pid;
    private long missing;
    /** Both only while the event that showed it is handled. */
    private boolean restarted;
    private boolean stopped;

    public long nowNs() {
        return nowNs;
    }

    /** Since when no P2P message can have been missed. */
    public long messagesKnownSinceNs() {
        return messagesKnownSinceNs;
    }

    /** Since when no opened or closed connection can have been missed. */
    public long connectionsKnownSinceNs() {
        return connectionsKnownSinceNs;
    }

    /** Since when no connected block can have been missed. */
    public long blocksKnownSinceNs() {
        return blocksKnownSinceNs;
    }

    /** Events of the present epoch that were numbered and did not arrive. */
    public long missing() {
        return missing;
    }

    /** UNIX nanoseconds at which the agent attached. */
    public long epoch() {
        return epoch;
    }

    /** Whether the event now handled is the first that shows another process of bitcoind. */
    public boolean restarted() {
        return restarted;
    }

    /** Whether the event now handled tells that bitcoind ended. */
    public boolean stopped() {
        return stopped;
    }

    Arrival take(NodeEvent event) {
        restarted = false;
        stopped = false;
        long observed = event.getObservedAtNs();
        if (!begun || Long.compareUnsigned(event.getEpoch(), epoch) > 0) {
            begun = true;
            epoch = event.getEpoch();
            nowNs = observed;
            missing = 0;
            holeInEverything();
        } else if (event.getEpoch() != epoch) {
            return Arrival.OUTDATED;
        } else if (event.getSequence() <= sequence) {
            return Arrival.DUPLICATE;
        } else {
            long skipped = event.getSequence() - sequence - 1;
            missing += skipped;
            // Calls on several processors are reordered by microseconds; then the clock stands still.
            boolean step = Math.abs(observed - nowNs) > STEP_NS;
            nowNs = step ? observed : Math.max(nowNs, observed);
            if (skipped != 0 || step) {
                holeInEverything();
            }
        }
        sequence = event.getSequence();
        takeBody(event);
        return Arrival.NEW;
    }

    private void takeBody(NodeEvent event) {
        switch (event.getBodyCase()) {
            case LOSS -> hole(event.getLoss());
            case NODE_STARTED -> process(
                    event.getNodeStarted().getPid(), event.getNodeStarted().getBitcoindStartedAtNs());
            case NODE_STOPPED ->
                    stopped = event.getNodeStopped().getCause() == NodeStopped.Cause.CAUSE_PROCESS_ENDED;
            case HEARTBEAT -> process(event.getHeartbeat().getPid(), event.getHeartbeat().getBitcoindStartedAtNs());
            default -> { }
        }
    }

    private void process(int nowPid, long nowStartedAtNs) {
        boolean known = pid != 0 || processStartedAtNs != 0;
        boolean other = nowPid != 0 && pid != 0 && nowPid != pid
                || nowStartedAtNs != 0 && processStartedAtNs != 0 && nowStartedAtNs != processStartedAtNs;
        restarted = known && other;
        pid = nowPid != 0 ? nowPid : pid;
        processStartedAtNs = nowStartedAtNs != 0 ? nowStartedAtNs : processStartedAtNs;
    }

    private void hole(Loss loss) {
        String tracepoint = loss.getTracepoint();
        long end = Math.min(loss.getToNs() == 0 ? nowNs : loss.getToNs(), nowNs);
        if (tracepoint.isEmpty() || tracepoint.endsWith("_message")) {
            messagesKnownSinceNs = Math.max(messagesKnownSinceNs, end);
        }
        if (tracepoint.isEmpty() || tracepoint.endsWith("_connection")) {
            connectionsKnownSinceNs = Math.max(connectionsKnownSinceNs, end);
        }
        if (tracepoint.isEmpty() || tracepoint.startsWith("validation:")) {
            blocksKnownSinceNs = Math.max(blocksKnownSinceNs, end);
        }
    }

    private void holeInEverything() {
        messagesKnownSinceNs = nowNs;
        connectionsKnownSinceNs = nowNs;
        blocksKnownSinceNs = nowNs;
    }

    @Override
    public String section() {
        return "continuity";
    }

    @Override
    public void save(StateWriter out) {
        out.version(2).flag(begun).number(epoch).number(sequence).number(nowNs).number(messagesKnownSinceNs)
                .number(connectionsKnownSinceNs).number(blocksKnownSinceNs).number(processStartedAtNs).number(pid).number(missing);
    }

    @Override
    public void restore(StateReader in) {
        int version = in.version(2);
        begun = in.flag();
        epoch = in.number();
        sequence = in.number();
        nowNs = in.number();
        messagesKnownSinceNs = in.number();
        connectionsKnownSinceNs = in.number();
        blocksKnownSinceNs = in.number();
        processStartedAtNs = in.number();
        pid = in.integer();
        missing = version >= 2 ? in.number() : 0;
    }
}
