package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.time.Duration;
import java.util.Set;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Entropy;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Fate;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Traced;

/** Every six hours, for a while, a share of what a node does is lost on the way. */
public final class Losses implements Disturbance {
    private final Entropy entropy = new Entropy(3);
    private final Turns turns;
    private final long lengthUs;
    private final double share;
    private final Fate fate;
    private final Set<Traced> calls;

    /** @param calls that are lost; empty: all, the agent's own among them where the kernel is not to blame */
    public Losses(Span span, Duration length, double share, Fate fate, Traced... calls) {
        turns = new Turns(span, 6 * 60, 80);
        lengthUs = Span.us(length);
        this.share = share;
        this.fate = fate;
        this.calls = Set.of(calls);
    }

    @Override
    public Fate fate(NodeTraffic node, Traced call, long atUs) {
        boolean meant = calls.isEmpty() ? fate != Fate.DROPPED || !call.tracepoint().isEmpty() : calls.contains(call);
        return meant && turns.goOn(node, atUs, lengthUs) && entropy.chance(share) ? fate : Fate.TOLD;
    }
}
