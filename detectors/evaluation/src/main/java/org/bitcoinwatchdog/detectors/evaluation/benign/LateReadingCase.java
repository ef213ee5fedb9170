package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/**
 * Events wait, and then arrive all at once. If the agents can't reach Kafka, this happens to one node after the other.
 * If the detectors are away, it happens to all nodes together, and the backlog is read node by node.
 */
public final class LateReadingCase implements Disturbance {
    private final StaggeredSchedule schedule;
    private final long lateUs;

    private LateReadingCase(StaggeredSchedule schedule, Duration late) {
        this.schedule = schedule;
        lateUs = TimeSpan.us(late);
    }

    public static LateReadingCase oneAfterTheOther(TimeSpan span, Duration late) {
        return new LateReadingCase(new StaggeredSchedule(span, 12 * 60), late);
    }

    public static LateReadingCase ofAll(TimeSpan span, Duration late) {
        return new LateReadingCase(new StaggeredSchedule(span, 8 * 60, 0), late);
    }

    @Override
    public boolean keptForLater(NodeTraffic node, long atUs) {
        return schedule.goOn(node, atUs, lateUs);
    }
}
