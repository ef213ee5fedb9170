package org.bitcoinwatchdog.detectors.evaluation.measure;

/** One simulation, from its seed. */
public interface Trial {
    /** For people, while it runs. */
    String name();

    /** How long it takes, compared with others: simulated events. */
    double weight();

    TrialOutcome run(Playback playback);

    /** What came of it. */
    interface TrialOutcome {
        long events();
    }
}
