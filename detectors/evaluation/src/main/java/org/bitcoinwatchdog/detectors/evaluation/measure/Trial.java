package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.util.function.Consumer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic;
import org.bitcoinwatchdog.events.NodeEvent;

/** One simulation, from its seed. */
public interface Trial {
    /** Name shown while it runs. */
    String name();

    /** The part of the evaluation that its CPU time counts for. */
    String part();

    /** Relative duration: number of simulated events. */
    double weight();

    TrialOutcome run(Playback playback);

    /** The results. */
    interface TrialOutcome {
        long events();
    }

    /** Receives the events of a trial while it runs, to draw a chart of it. */
    interface Observer extends Consumer<NodeEvent> {
        Observer NONE = event -> { };

        /** Called before the first event. */
        default void watches(FleetTraffic traffic) {
        }
    }
}
