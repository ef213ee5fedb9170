package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** Blocks come 25 % faster for two weeks, until the difficulty follows and they come as planned. */
final class DifficultyChangeCase implements Disturbance {
    private static final double FAST = 1.25;

    private final TimeSpan span;

    DifficultyChangeCase(TimeSpan span) {
        this.span = span;
    }

    @Override
    public double hashRate(long atUs) {
        return atUs < span.beginUs() + span.lengthUs() / 2 ? FAST : 1;
    }
}
