package org.bitcoinwatchdog.agent;

import java.util.EnumMap;
import java.util.Map;
import org.bitcoinwatchdog.agent.kernel.KernelCounters.TracepointCount;
import org.bitcoinwatchdog.agent.kernel.TracepointState;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Flaw;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Malformed;
import org.bitcoinwatchdog.events.TracepointStatus;

/** What was counted of one tracepoint since it was attached, and how much of it was lost since that was last told. */
final class TracepointTally {
    private final TracepointState state;
    private final Map<Flaw, Long> undecodable = new EnumMap<>(Flaw.class);
    private TracepointCount kernel = TracepointCount.NONE;
    private long droppedTold;
    private long undecodableTold;

    TracepointTally(TracepointState state) {
        this.state = state;
    }

    TracepointState state() {
        return state;
    }

    void counted(TracepointCount count) {
        kernel = count;
    }

    void undecodable(Flaw reason) {
        undecodable.merge(reason, 1L, Long::sum);
    }

    /** Calls that the kernel had no room for since the last call of this. */
    long takeDropped() {
        long fresh = kernel.dropped() - droppedTold;
        droppedTold = kernel.dropped();
        return fresh;
    }

    /** Records that made no sense since the last call of this. */
    long takeUndecodable() {
        long fresh = undecodable() - undecodableTold;
        undecodableTold = undecodable();
        return fresh;
    }

    /** All reasons so far with their counts, for people. */
    String undecodableReasons() {
        return undecodable.toString();
    }

    TracepointStatus status() {
        return TracepointStatus.newBuilder()
                .setTracepoint(state.tracepoint().fullName())
                .setAttached(state.attached())
                .setReason(state.reason())
                .setFired(kernel.fired())
                .setCaptured(kernel.captured())
                .setDropped(kernel.dropped())
                .setUndecodable(undecodable())
                .build();
    }

    private long undecodable() {
        return undecodable.values().stream().mapToLong(Long::longValue).sum();
    }
}
