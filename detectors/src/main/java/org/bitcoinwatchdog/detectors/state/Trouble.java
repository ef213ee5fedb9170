package org.bitcoinwatchdog.detectors.state;

/** Where the watches tell of what went wrong without stopping them. */
public interface Trouble {
    /** A rule threw; it is left alone for a while, and starts anew then. */
    void failed(String section, RuntimeException cause);

    /** A stored state could not be read; the section starts anew. */
    void unreadable(String section, RuntimeException cause);
}
