package org.bitcoinwatchdog.agent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.agent.kernel.KernelCounters.TracepointCount;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.bitcoinwatchdog.agent.kernel.TracepointState;
import org.bitcoinwatchdog.agent.publish.EventAccount;
import org.bitcoinwatchdog.agent.publish.EventAccount.LostEvents;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Malformed;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Loss;

/**
 * The books of one node and epoch. For each tracepoint: fired = captured + dropped, and captured = decoded +
 * undecodable. For all events: accepted = published + waiting + lost.
 */
final class NodeAccount {
    private final Map<Integer, TracepointTally> tallies = new TreeMap<>();
    private final EventAccount events;
    private long strangeRecords;
    private long strangeRecordsReported;
    private long reportedUntilNs;

    /** @param sinceNs UNIX time in nanoseconds from which losses are counted */
    NodeAccount(Collection<TracepointState> tracepoints, EventAccount events, long sinceNs) {
        tracepoints.forEach(state -> tallies.put(state.tracepoint().number(), new TracepointTally(state)));
        this.events = events;
        this.reportedUntilNs = sinceNs;
    }

    /** Counts a corrupt record. Its tracepoint id may be out of range. */
    void undecodable(Malformed malformed) {
        TracepointTally tally = tallies.get(malformed.tracepoint());
        if (tally == null) {
            strangeRecords++;
        } else {
            tally.undecodable(malformed.flaw());
        }
    }

    /** Adopts the kernel's counters. */
    void counted(Tracepoint tracepoint, TracepointCount count) {
        tallies.get(tracepoint.number()).counted(count);
    }

    List<Tracepoint> attached() {
        return tallies.values().stream()
                .map(TracepointTally::state)
                .filter(TracepointState::attached)
                .map(TracepointState::tracepoint)
                .toList();
    }

    /** All losses since the last call of this method. */
    List<Loss> takeLosses(long nowNs) {
        List<Loss> losses = new ArrayList<>();
        for (TracepointTally tally : tallies.values()) {
            String tracepoint = tally.state().tracepoint().fullName();
            add(losses, Loss.Cause.CAUSE_RING_BUFFER_FULL, tally.takeDropped(), tracepoint, nowNs,
                    "The kernel's ring buffer was full. Enlarge ring-buffer-bytes.");
            add(losses, Loss.Cause.CAUSE_UNDECODABLE, tally.takeUndecodable(), tracepoint, nowNs,
                    "Records could not be decoded, in this epoch: " + tally.undecodableReasons() + ".");
        }
        add(losses, Loss.Cause.CAUSE_UNDECODABLE, strangeRecords - strangeRecordsReported, "", nowNs,
                "Records of an unknown tracepoint.");
        strangeRecordsReported = strangeRecords;
        events.takeUnreported().forEach(lost -> losses.add(loss(lost)));
        reportedUntilNs = nowNs;
        return losses;
    }

    Heartbeat.Builder heartbeat() {
        Heartbeat.Builder heartbeat = Heartbeat.newBuilder();
        tallies.values().forEach(tally -> heartbeat.addTracepoints(tally.status()));
        return heartbeat
                .setPublished(events.published())
                .setAcknowledged(events.acknowledged())
                .setLost(events.lost())
                .setSpooled(events.waiting());
    }

    private void add(List<Loss> losses, Loss.Cause cause, long count, String tracepoint, long nowNs, String detail) {
        if (count > 0) {
            losses.add(Loss.newBuilder()
                    .setCause(cause)
                    .setEvents(count)
                    .setTracepoint(tracepoint)
                    .setFromNs(reportedUntilNs)
                    .setToNs(nowNs)
                    .setDetail(detail)
                    .build());
        }
    }

    /** The event that reports them. */
    static Loss loss(LostEvents lost) {
        return Loss.newBuilder()
                .setCause(lost.cause())
                .setEvents(lost.events())
                .setFromNs(lost.fromNs())
                .setToNs(lost.toNs())
                .setDetail(switch (lost.cause()) {
                    case CAUSE_SPOOL_FULL -> "Kafka was away, and memory-bytes and spool-bytes were full.";
                    case CAUSE_SPOOL_DAMAGED -> "A file of the spool was damaged.";
                    case CAUSE_REFUSED_BY_KAFKA -> "Kafka refused them for good. The agent's log says why.";
                    default -> "";
                })
                .build();
    }
}
