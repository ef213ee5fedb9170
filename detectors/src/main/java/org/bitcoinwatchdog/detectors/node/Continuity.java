package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStopped;

/**
 * A node's clock, and since when its events are known without a hole. The clock is the time of its events: heartbeats
 * advance it every second, so a longer step is itself a hole (a suspended machine, a clock that was set).
 */
public final class Continuity implements Stateful {
    private static final long STEP_NS = Duration.ofSeconds(60).toNanos();
    /** From this step back on, stored times are useless: they are in the future. */
    private static final long SET_BACK_NS = Duration.ofHours(1).toNanos();
    /** The time of a start is computed from the host's clock, so it moves when that clock is set. */
    private static final long SAME_START_NS = Duration.ofSeconds(5).toNanos();
    private static final Sight[] SIGHTS = Sight.values();

    /** How an event was classified. */
    public enum Arrival {
        NEW,
        /** Its sequence was seen before: delivered twice. */
        DUPLICATE,
        /** From a run of the agent that a later run replaced. */
        OUTDATED
    }

    private boolean begun;
    private final AttachedRuns runs = new AttachedRuns();
    private final KnownSince known = new KnownSince();
    private Set<Sight> unseen = EnumSet.noneOf(Sight.class);
    private long epoch;
    private long sequence;
    private long nowNs;
    private long processStartedAtNs;
    private int pid;
    private long missing;
    /** Valid only while the event is handled. */
    private boolean restarted;
    private boolean stopped;
    private boolean setBack;
    private boolean resumed;
    private boolean publishes;

    public long nowNs() {
        return nowNs;
    }

    /** Since when no P2P message can have been missed. */
    public long messagesKnownSinceNs() {
        return known.messagesNs();
    }

    /** Since when no opened or closed connection can have been missed. */
    public long connectionsKnownSinceNs() {
        return known.connectionsNs();
    }

    /** Since when no connected block can have been missed. */
    public long blocksKnownSinceNs() {
        return known.blocksNs();
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

    /** Whether the event now handled shows that the node's clock was set back by more than an hour. */
    public boolean setBack() {
        return setBack;
    }

    /** Whether the event now handled is from a run that became the present one again. */
    public boolean resumed() {
        return resumed;
    }

    /** Whether the event now handled is later than all earlier events of its run, present or replaced. */
    boolean publishes() {
        return publishes;
    }

    /** Whether the agent has the tracepoint attached, as far as its heartbeats say. */
    public boolean sees(Sight sight) {
        return !unseen.contains(sight);
    }

    /** Whether the heartbeats show that opened and closed outbound connections are traced. */
    public boolean seesOutbound() {
        return sees(Sight.OUTBOUND_CONNECTIONS) && sees(Sight.CLOSED_CONNECTIONS);
    }

    /** The same for inbound connections. */
    public boolean seesInbound() {
        return sees(Sight.INBOUND_CONNECTIONS) && sees(Sight.CLOSED_CONNECTIONS);
    }

    /** Whether the event would begin a new run of the agent. */
    boolean beginsRun(NodeEvent event) {
        return !begun || event.getEpoch() != epoch && !runs.replaced(event.getEpoch());
    }

    Arrival take(NodeEvent event) {
        restarted = false;
        stopped = false;
        setBack = false;
        resumed = false;
        publishes = true;
        long observed = event.getObservedAtNs();
        if (beginsRun(event)) {
            begin(event);
        } else if (event.getEpoch() != epoch) {
            publishes = runs.publishes(event);
            if (!publishes || !runs.resumes(event)) {
                return Arrival.OUTDATED;
            }
            begin(event);
            resumed = true;
        } else if (event.getSequence() <= sequence) {
            return Arrival.DUPLICATE;
        } else {
            long skipped = event.getSequence() - sequence - 1;
            missing += skipped;
            // Calls on several processors may be reordered by microseconds. Then the clock does not move.
            boolean step = Math.abs(observed - nowNs) > STEP_NS;
            setBack = nowNs - observed > SET_BACK_NS;
            nowNs = step ? observed : Math.max(nowNs, observed);
            if (skipped != 0 || step) {
                known.holeInAll(nowNs);
            }
        }
        sequence = event.getSequence();
        runs.taken();
        takeBody(event);
        known.unseen(unseen, nowNs);
        return Arrival.NEW;
    }

    private void begin(NodeEvent event) {
        if (begun) {
            runs.replace(epoch, sequence);
            setBack = nowNs - event.getObservedAtNs() > SET_BACK_NS;
        }
        begun = true;
        epoch = event.getEpoch();
        nowNs = event.getObservedAtNs();
        missing = 0;
        known.holeInAll(nowNs);
    }

    private void takeBody(NodeEvent event) {
        switch (event.getBodyCase()) {
            case LOSS -> known.hole(event.getLoss(), nowNs);
            case NODE_STARTED -> process(
                    event.getNodeStarted().getPid(), event.getNodeStarted().getBitcoindStartedAtNs());
            case NODE_STOPPED ->
                    stopped = event.getNodeStopped().getCause() == NodeStopped.Cause.CAUSE_PROCESS_ENDED;
            case HEARTBEAT -> {
                process(event.getHeartbeat().getPid(), event.getHeartbeat().getBitcoindStartedAtNs());
                unseen = Sight.missingIn(event.getHeartbeat());
            }
            default -> { }
        }
    }

    private void process(int nowPid, long nowStartedAtNs) {
        boolean seenBefore = pid != 0 || processStartedAtNs != 0;
        boolean samePid = nowPid != 0 && nowPid == pid;
        boolean otherPid = nowPid != 0 && pid != 0 && !samePid;
        long apartNs = Math.abs(nowStartedAtNs - processStartedAtNs);
        boolean otherStart = nowStartedAtNs != 0 && processStartedAtNs != 0 && apartNs > (samePid ? SAME_START_NS : 0);
        boolean other = otherPid || otherStart;
        restarted = seenBefore && other;
        pid = nowPid != 0 ? nowPid : pid;
        processStartedAtNs = nowStartedAtNs != 0 ? nowStartedAtNs : processStartedAtNs;
    }

    @Override
    public String section() {
        return "continuity";
    }

    @Override
    public void save(StateWriter out) {
        out.version(3).flag(begun).number(epoch).number(sequence).number(nowNs);
        known.save(out);
        out.number(processStartedAtNs).number(pid).number(missing);
        runs.save(out);
        out.each(unseen, (sight, to) -> to.number(sight.ordinal()));
    }

    @Override
    public void restore(StateReader in) {
        int version = in.version(3);
        begun = in.flag();
        epoch = in.number();
        sequence = in.number();
        nowNs = in.number();
        known.restore(in);
        processStartedAtNs = in.number();
        pid = in.integer();
        missing = version >= 2 ? in.number() : 0;
        if (version >= 3) {
            runs.restore(in);
            in.each(from -> {
                int sight = from.integer();
                if (sight >= 0 && sight < SIGHTS.length) {
                    unseen.add(SIGHTS[sight]);
                }
            });
        }
    }
}
