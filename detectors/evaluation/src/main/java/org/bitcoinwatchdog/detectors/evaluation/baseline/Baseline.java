package org.bitcoinwatchdog.detectors.evaluation.baseline;

import org.bitcoinwatchdog.events.NodeEvent;

/** A rule of another tool. It has no alert state: it is on or off for each node. */
public interface Baseline {
    /** Is told when the rule goes on or off. */
    interface Alarms {
        void alarm(String rule, String node, boolean on);
    }

    void on(NodeEvent event, Alarms alarms);
}
