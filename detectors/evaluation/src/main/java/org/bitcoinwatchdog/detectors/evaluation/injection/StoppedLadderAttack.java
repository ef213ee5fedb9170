package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** node-0 keeps its present peers and opens no new connection: no slot is refilled, and no feeler is opened. */
final class StoppedLadderAttack implements Attack {
    private final TimeSpan span;
    private long visibleSinceUs = NOT_YET;

    StoppedLadderAttack(TimeSpan span) {
        this.span = span;
    }

    @Override
    public long visibleSinceUs() {
        return visibleSinceUs;
    }

    @Override
    public boolean findsNoPeer(NodeTraffic node, long atUs) {
        return node.index() == 0 && span.contains(atUs);
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        if (span.beginsIn(minute)) {
            visibleSinceUs = span.beginUs();
        }
    }
}
