package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * The runs of the agent that a later one replaced, each by its epoch. Their events are outdated. Any other epoch,
 * except the present one, begins a new run: clocks of hosts are never compared.
 */
final class AttachedRuns {
    /** Events of an older run can only come from a second agent with the same node name. */
    private static final int REMEMBERED = 32;
    /** A replaced run whose heartbeats go on for this long while the present run is silent becomes the present one again. */
    private static final long RESUMES_AFTER_NS = Duration.ofSeconds(30).toNanos();

    private static final class AttachedRun {
        private final long epoch;
        private long sequence;
        /** The time of the first heartbeat that came after the last event of the present run. Not saved. */
        private long heardSinceNs;
        private long heardAfter = -1;

        private AttachedRun(long epoch, long sequence) {
            this.epoch = epoch;
            this.sequence = sequence;
        }
    }

    private final Deque<AttachedRun> replaced = new ArrayDeque<>();
    /** Number of events of the present run since the detectors started. */
    private long taken;

    void taken() {
        taken++;
    }

    void replace(long epoch, long sequence) {
        replaced.addLast(new AttachedRun(epoch, sequence));
        if (replaced.size() > REMEMBERED) {
            replaced.removeFirst();
        }
    }

    boolean replaced(long epoch) {
        return find(epoch) != null;
    }

    /** @return whether the event of a replaced run is new: the run still publishes */
    boolean publishes(NodeEvent event) {
        AttachedRun run = find(event.getEpoch());
        boolean later = event.getSequence() > run.sequence;
        run.sequence = later ? event.getSequence() : run.sequence;
        return later;
    }

    /** @return whether the event's run is the only one that still publishes, so that it is the present one from now on */
    boolean resumes(NodeEvent event) {
        AttachedRun run = find(event.getEpoch());
        if (!event.hasHeartbeat()) {
            return false;
        }
        long now = event.getObservedAtNs();
        if (run.heardAfter != taken || now < run.heardSinceNs) {
            run.heardAfter = taken;
            run.heardSinceNs = now;
        }
        boolean resumes = now - run.heardSinceNs >= RESUMES_AFTER_NS;
        if (resumes) {
            replaced.remove(run);
        }
        return resumes;
    }

    private AttachedRun find(long epoch) {
        for (AttachedRun run : replaced) {
            if (run.epoch == epoch) {
                return run;
            }
        }
        return null;
    }

    void save(StateWriter out) {
        out.each(replaced, (run, to) -> to.number(run.epoch).number(run.sequence));
    }

    void restore(StateReader in) {
        in.each(from -> replaced.addLast(new AttachedRun(from.number(), from.number())));
    }
}
