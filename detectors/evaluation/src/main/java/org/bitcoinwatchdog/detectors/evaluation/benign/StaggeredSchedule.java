package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** Nodes take turns within a span, with a delay from one to the next, and again after a period. */
final class StaggeredSchedule {
    private final TimeSpan span;
    private final long periodMinutes;
    private final long nextNodeMinutes;

    /** Each node two hours after the one before. */
    StaggeredSchedule(TimeSpan span, long periodMinutes) {
        this(span, periodMinutes, 120);
    }

    StaggeredSchedule(TimeSpan span, long periodMinutes, long nextNodeMinutes) {
        this.span = span;
        this.periodMinutes = periodMinutes;
        this.nextNodeMinutes = nextNodeMinutes;
    }

    /** Whether that node's turn begins in the minute that begins then. */
    boolean begins(NodeTraffic node, long minuteUs) {
        long minutes = Math.floorDiv(minuteUs - span.beginUs(), TrafficMinute.LENGTH_US) - node.index() * nextNodeMinutes;
        return span.contains(minuteUs) && minutes >= 0 && minutes % periodMinutes == 0;
    }

    /** Whether that node's turn, of that length, goes on then. */
    boolean goOn(NodeTraffic node, long atUs, long lengthUs) {
        long sinceUs = atUs - span.beginUs() - node.index() * nextNodeMinutes * TrafficMinute.LENGTH_US;
        return span.contains(atUs) && sinceUs >= 0 && sinceUs % (periodMinutes * TrafficMinute.LENGTH_US) < lengthUs;
    }
}
