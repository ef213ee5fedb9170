package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** Cases in which honest traffic is far above or below the usual. */
final class LoadCases {
    private LoadCases() {
    }

    /** During two of every twelve hours, 2,000 transactions a minute enter the mempools: seven times the usual rate. */
    static final class TransactionBurstsCase implements Disturbance {
        private static final long HOUR_US = 3_600_000_000L;
        private static final double FACTOR = 7;

        private final TimeSpan span;

        TransactionBurstsCase(TimeSpan span) {
            this.span = span;
        }

        @Override
        public double transactions(long atUs) {
            boolean burst = span.contains(atUs) && Math.floorMod(atUs - span.beginUs(), 12 * HOUR_US) < 2 * HOUR_US;
            return burst ? FACTOR : 1;
        }
    }

    /** One operator makes 46 % of all inbound connections. Every six hours it leaves, returns, or doubles its connections. */
    static final class OperatorSwitchesCase implements Disturbance {
        private static final long PHASE_US = 6 * 3_600_000_000L;
        private static final double[] FACTORS = {0, 1, 0, 2};

        private final TimeSpan span;

        OperatorSwitchesCase(TimeSpan span) {
            this.span = span;
        }

        @Override
        public double operator(long atUs) {
            return span.contains(atUs) ? FACTORS[(int) ((atUs - span.beginUs()) / PHASE_US % FACTORS.length)] : 1;
        }
    }
}
