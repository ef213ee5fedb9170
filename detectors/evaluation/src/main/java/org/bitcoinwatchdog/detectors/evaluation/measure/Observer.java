package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.function.Consumer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic;
import org.bitcoinwatchdog.events.NodeEvent;

/** Looks on while a trial is played, for a picture of it. */
public interface Observer extends Consumer<NodeEvent> {
    Observer NONE = event -> { };

    /** What will be played. */
    default void watches(FleetTraffic traffic) {
    }
}
