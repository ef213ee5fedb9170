package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;

/** The whole fleet is on a chain that only a part of the miners extends. */
final class SlowChain implements Attack {
    private final Span span;
    private final double rate;

    SlowChain(Span span, double rate) {
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
