package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** The whole fleet follows a chain that only a part of the miners extends. */
final class SlowChainAttack implements Attack {
    private final TimeSpan span;
    private final double rate;

    SlowChainAttack(TimeSpan span, double rate) {
        this.span = span;
        this.rate = rate;
    }

    @Override
    public long visibleSinceUs() {
        return span.beginUs();
    }

    @Override
    public double hashRate(long atUs) {
        return span.contains(atUs) ? rate : 1;
    }
}
