package org.bitcoinwatchdog.detectors.evaluation.measure;

/** One simulation, from its seed. */
public interface Trial {
    /** For people, while it runs. */
    String name();

    /** How long it takes, compared with others: simulated events. */
    double weight();

    Outcome run(Playback playback);

    /** What came of it. */
    interface Outcome {
        long events();
    }
}
