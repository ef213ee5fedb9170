package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** Cases in which the clocks of hosts are wrong. */
final class ClockCases {
    private ClockCases() {
    }

    /**
     * The clock of node-0's host is an hour ahead for the first half, and is then set back. Alerts about the clock are
     * true; any other alert is false.
     */
    static final class ClockStepCase implements Disturbance {
        private static final long HOUR_US = 3_600_000_000L;

        private final TimeSpan ahead;

        ClockStepCase(TimeSpan span) {
            ahead = new TimeSpan(span.beginUs(), span.beginUs() + span.lengthUs() / 2);
        }

        @Override
        public long clockOffsetUs(NodeTraffic node, long atUs) {
            return node.index() == 0 && ahead.contains(atUs) ? HOUR_US : 0;
        }
    }

    /** Every host's clock is wrong by minutes. Every few hours each one is corrected, and then goes wrong again. */
    static final class WrongClocksCase implements Disturbance {
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
}
