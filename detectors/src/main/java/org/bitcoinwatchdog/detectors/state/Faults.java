package org.bitcoinwatchdog.detectors.state;

/** Is told of faults that do not stop the watches. */
public interface Faults {
    /** A rule threw. It is suspended for a while, and then starts anew. */
    void failed(String section, RuntimeException cause);

    /** A stored state could not be read. The section starts anew. */
    void unreadable(String section, RuntimeException cause);
}
