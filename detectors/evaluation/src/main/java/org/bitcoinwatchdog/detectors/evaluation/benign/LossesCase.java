package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.time.Duration;
import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance.CallOutcome;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RandomSource;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Traced;

/** Every six hours, for a while, a share of a node's calls is lost. */
public final class LossesCase implements Disturbance {
    private final RandomSource random = new RandomSource(3);
    private final StaggeredSchedule schedule;
    private final long lengthUs;
    private final double share;
    private final CallOutcome fate;
    private final Set<Traced> calls;

    /**
     * @param calls tracepoints whose calls are lost; empty: all, with the agent's own events unless the kernel drops
     *              them
     */
    public LossesCase(TimeSpan span, Duration length, double share, CallOutcome fate, Traced... calls) {
        schedule = new StaggeredSchedule(span, 6 * 60, 80);
        lengthUs = TimeSpan.us(length);
        this.share = share;
        this.fate = fate;
        this.calls = Set.of(calls);
    }

    @Override
    public CallOutcome fate(NodeTraffic node, Traced call, long atUs) {
        boolean meant = calls.isEmpty() ? fate != CallOutcome.DROPPED || !call.tracepoint().isEmpty() : calls.contains(call);
        return meant && schedule.goOn(node, atUs, lengthUs) && random.chance(share) ? fate : CallOutcome.TOLD;
    }
}
