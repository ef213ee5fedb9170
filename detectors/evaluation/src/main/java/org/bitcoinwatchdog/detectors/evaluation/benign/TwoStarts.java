package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Slice;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;

/** An operator upgrades a node, and restarts it ten minutes later with a corrected configuration. */
final class TwoStarts implements Disturbance {
    private final NodeRestarts upgrade;
    private final NodeRestarts correction;

    TwoStarts(Span span, NodeRestarts.Manner manner) {
        upgrade = new NodeRestarts(span, manner);
        correction = new NodeRestarts(new Span(span.beginUs() + Span.us(Duration.ofMinutes(10)), span.endUs()), manner);
    }

    @Override
    public void act(NodeTraffic node, Slice minute) {
        upgrade.act(node, minute);
        correction.act(node, minute);
    }
}
