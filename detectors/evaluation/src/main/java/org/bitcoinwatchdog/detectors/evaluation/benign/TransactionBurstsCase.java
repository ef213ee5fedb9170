package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** Two hours of every twelve, 2,000 transactions a minute enter the mempools: seven times the usual. */
final class TransactionBurstsCase implements Disturbance {
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
