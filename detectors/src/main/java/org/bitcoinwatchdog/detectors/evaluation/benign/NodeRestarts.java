package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Slice;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;

/** Every twelve hours one bitcoind after the other is restarted, and is gone for two minutes. */
final class NodeRestarts implements Disturbance {
    private static final long DOWN_US = 2 * Slice.LENGTH_US;

    private final Turns turns;

    NodeRestarts(Span span) {
        turns = new Turns(span, 12 * 60);
    }

    @Override
    public void act(NodeTraffic node, Slice minute) {
        if (turns.begins(node, minute.fromUs())) {
            node.stop(minute);
        } else if (turns.begins(node, minute.fromUs() - DOWN_US)) {
            node.start(minute);
        }
    }
}
