package org.bitcoinwatchdog.detectors.state;

/** Where the watches tell of what went wrong without stopping them. */
public interface Trouble {
    /** A rule threw; it is left alone until the process restarts. */
    void failed(String section, RuntimeException cause);

    /** A stored state could not be read; the section starts anew. */
    void unreadable(String section, UnreadableState cause);
}
