package org.bitcoinwatchdog.detectors.evaluation.baseline;

import org.bitcoinwatchdog.events.NodeEvent;

/** A rule of someone else. It has no state of an alert: it is on or off, node by node. */
public interface Baseline {
    /** Where it tells that it went on or off. */
    interface Alarms {
        void alarm(String rule, String node, boolean on);
    }

    void on(NodeEvent event, Alarms alarms);
}
