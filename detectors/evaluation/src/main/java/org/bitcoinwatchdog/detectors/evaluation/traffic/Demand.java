package org.bitcoinwatchdog.detectors.evaluation.traffic;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Intensity.Autoregression;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Intensity.Episodes;

/** The network's demand for transactions, which affects all nodes at once. */
final class Demand {
    private final Autoregression level;
    private final Episodes bursts;
    private double now;
    private boolean burst;

    Demand(RandomSource random) {
        level = new Autoregression(random.split());
        bursts = new Episodes(random.split());
    }

    /** Advances by one minute. */
    void step() {
        now = level.next();
        burst = bursts.next();
    }

    double now() {
        return now;
    }

    boolean burst() {
        return burst;
    }
}
