package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** The operator that makes 46 % of all inbound connections is there, gone, and back with twice as many, each six hours. */
final class OperatorSwitchesCase implements Disturbance {
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
