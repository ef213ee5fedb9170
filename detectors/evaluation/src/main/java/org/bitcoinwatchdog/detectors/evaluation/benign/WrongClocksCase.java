package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** No host's clock is right: they are minutes apart, and each is set right, and goes wrong again, every few hours. */
final class WrongClocksCase implements Disturbance {
    private static final long[] AHEAD_US = {240_000_000L, -90_000_000L, 50_000_000L, -400_000_000L};
    private static final long WRONG_US = 5 * 3_600_000_000L;

    private final StaggeredSchedule schedule;

    WrongClocksCase(TimeSpan span) {
        schedule = new StaggeredSchedule(span, 8 * 60, 70);
    }

    @Override
    public long clockOffsetUs(NodeTraffic node, long atUs) {
        return schedule.goOn(node, atUs, WRONG_US) ? AHEAD_US[node.index() % AHEAD_US.length] : 0;
    }
}
