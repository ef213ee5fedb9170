package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** 30 % of the miners are gone from one moment to the next, and no difficulty change helps. */
final class HashRateGoneCase implements Disturbance {
    private final TimeSpan span;

    HashRateGoneCase(TimeSpan span) {
        this.span = span;
    }

    @Override
    public double hashRate(long atUs) {
        return span.contains(atUs) ? 0.7 : 1;
    }
}
