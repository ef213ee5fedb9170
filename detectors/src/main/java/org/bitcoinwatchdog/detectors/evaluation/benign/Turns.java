package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Slice;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;

/** Nodes take turns within a span, the next one two hours after the last, and again after a period. */
final class Turns {
    private static final long NEXT_NODE_MINUTES = 120;

    private final Span span;
    private final long periodMinutes;

    Turns(Span span, long periodMinutes) {
        this.span = span;
        this.periodMinutes = periodMinutes;
    }

    /** Whether that node's turn begins in the minute that begins then. */
    boolean begins(NodeTraffic node, long minuteUs) {
        long minutes = Math.floorDiv(minuteUs - span.beginUs(), Slice.LENGTH_US) - node.index() * NEXT_NODE_MINUTES;
        return span.contains(minuteUs) && minutes >= 0 && minutes % periodMinutes == 0;
    }
}
