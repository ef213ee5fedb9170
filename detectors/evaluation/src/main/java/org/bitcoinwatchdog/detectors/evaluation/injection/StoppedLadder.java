package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Slice;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;

/** node-0 keeps its peers while they stay, and opens no further connection: no slot is refilled, and no feeler is opened. */
final class StoppedLadder implements Attack {
    private final Span span;
    private long visibleSinceUs = NOT_YET;

    StoppedLadder(Span span) {
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
    public void act(NodeTraffic node, Slice minute) {
        if (span.beginsIn(minute)) {
            visibleSinceUs = span.beginUs();
        }
    }
}
