package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Slice;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;

/** Every twelve hours one agent after the other is stopped and started again; its bitcoind goes on unseen. */
final class AgentAway implements Disturbance {
    private final Turns turns;
    private final long awayUs;

    AgentAway(Span span, Duration away) {
        turns = new Turns(span, 12 * 60);
        awayUs = Span.us(away);
    }

    @Override
    public void act(NodeTraffic node, Slice minute) {
        if (turns.begins(node, minute.fromUs())) {
            node.detachAgent(minute);
        } else if (turns.begins(node, minute.fromUs() - awayUs)) {
            node.attachAgent(minute);
        }
    }
}
