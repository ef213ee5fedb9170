package org.bitcoinwatchdog.detectors.node;

import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;

/**
 * A rule about what is heard of a node, which only the wall clock can tell: a node that is silent has no event time.
 * Never asked in a replay. What it writes has the wall clock's time.
 */
public interface WallClockDetector extends Stateful {
    /**
     * Called every few seconds, whether or not anything was heard.
     *
     * @return whether its state changed, so that it is saved
     */
    boolean judge(Reading reading, NodeContext node, AlertWriter alerts);
}
