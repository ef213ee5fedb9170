package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;

/**
 * Events wait, and then come all at once: those of one node after the other where the agents can't reach Kafka, those of
 * all together, one node's after another's, where the detectors are away.
 */
public final class LateReading implements Disturbance {
    private final Turns turns;
    private final long lateUs;

    private LateReading(Turns turns, Duration late) {
        this.turns = turns;
        lateUs = Span.us(late);
    }

    public static LateReading oneAfterTheOther(Span span, Duration late) {
        return new LateReading(new Turns(span, 12 * 60), late);
    }

    public static LateReading ofAll(Span span, Duration late) {
        return new LateReading(new Turns(span, 8 * 60, 0), late);
    }

    @Override
    public boolean keptForLater(NodeTraffic node, long atUs) {
        return turns.goOn(node, atUs, lateUs);
    }
}
