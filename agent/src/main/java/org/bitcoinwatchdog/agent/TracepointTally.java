package org.bitcoinwatchdog.agent;

import java.util.EnumMap;
import java.util.Map;
import org.bitcoinwatchdog.agent.kernel.KernelCounters.TracepointCount;
import org.bitcoinwatchdog.agent.kernel.TracepointState;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Flaw;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Malformed;
import org.bitcoinwatchdog.events.TracepointStatus;

/** The counts of one tracepoint since it was attached, and the losses since the last report. */
final class TracepointTally {
    private final TracepointState state;
    private final Map<Flaw, Long> undecodable = new EnumMap<>(Flaw.class);
    private TracepointCount kernel = TracepointCount.NONE;
    private long droppedReported;
    private long undecodableReported;

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

    /** Calls without room in the ring buffer, since the last call of this method. */
    long takeDropped() {
        long fresh = kernel.dropped() - droppedReported;
        droppedReported = kernel.dropped();
        return fresh;
    }

    /** Corrupt records since the last call of this method. */
    long takeUndecodable() {
        long fresh = undecodable() - undecodableReported;
        undecodableReported = undecodable();
        return fresh;
    }

    /** All reasons so far with their counts, as text. */
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
