package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** An operator upgrades a node, and restarts it ten minutes later with a corrected configuration. */
final class TwoStartsCase implements Disturbance {
    private final NodeRestartsCase upgrade;
    private final NodeRestartsCase correction;

    TwoStartsCase(TimeSpan span, NodeRestartsCase.Manner manner) {
        upgrade = new NodeRestartsCase(span, manner);
        correction = new NodeRestartsCase(new TimeSpan(span.beginUs() + TimeSpan.us(Duration.ofMinutes(10)), span.endUs()), manner);
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        upgrade.act(node, minute);
        correction.act(node, minute);
    }
}
