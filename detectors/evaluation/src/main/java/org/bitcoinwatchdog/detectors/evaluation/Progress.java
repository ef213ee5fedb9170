package org.bitcoinwatchdog.detectors.evaluation;

/** Hears how far the evaluation is. Called by several threads, one at a time. */
public interface Progress {
    Progress NONE = (done, what) -> { };

    /**
     * @param done share of the work, 0 to 1
     * @param what was done last
     */
    void step(double done, String what);
}
