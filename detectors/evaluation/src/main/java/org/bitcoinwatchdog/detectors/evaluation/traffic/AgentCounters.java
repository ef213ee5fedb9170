package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.TracepointStatus;

/** What an agent has counted since it attached, as reported in each heartbeat. */
final class AgentCounters {
    private final long[] fired = new long[Traced.values().length];
    private final long[] dropped = new long[fired.length];
    /** Losses not yet reported; the last entry is for the agent's own events. */
    private final long[] untold = new long[fired.length + 1];
    private final long[] untoldFromNs = new long[untold.length];
    private final int agent = fired.length;
    private long lost;
    private boolean anyUntold;

    void fired(Traced call) {
        fired[call.ordinal()]++;
    }

    void dropped(Traced call, long atNs) {
        fired(call);
        dropped[call.ordinal()]++;
        untold(call.ordinal(), atNs);
    }

    void lost(long atNs) {
        lost++;
        untold(agent, atNs);
    }

    private void untold(int what, long atNs) {
        untoldFromNs[what] = untold[what]++ == 0 ? atNs : untoldFromNs[what];
        anyUntold = true;
    }

    /** The losses not yet reported, up to now. */
    List<Loss> losses(long nowNs) {
        List<Loss> losses = new ArrayList<>();
        for (int i = 0; anyUntold && i < untold.length; i++) {
            if (untold[i] > 0) {
                losses.add(Loss.newBuilder()
                        .setCause(i == agent ? Loss.Cause.CAUSE_SPOOL_FULL : Loss.Cause.CAUSE_RING_BUFFER_FULL)
                        .setTracepoint(i == agent ? "" : Traced.of(i).tracepoint())
                        .setEvents(untold[i]).setFromNs(untoldFromNs[i]).setToNs(nowNs).build());
                untold[i] = 0;
            }
        }
        anyUntold = false;
        return losses;
    }

    /** The heartbeat with the counters up to now. */
    Heartbeat in(Heartbeat plain) {
        Heartbeat.Builder beat = plain.toBuilder().setLost(lost);
        for (Traced call : Traced.values()) {
            if (!call.tracepoint().isEmpty()) {
                beat.addTracepoints(TracepointStatus.newBuilder().setTracepoint(call.tracepoint()).setAttached(true)
                        .setFired(fired[call.ordinal()]).setDropped(dropped[call.ordinal()])
                        .setCaptured(fired[call.ordinal()] - dropped[call.ordinal()]));
            }
        }
        return beat.build();
    }
}
