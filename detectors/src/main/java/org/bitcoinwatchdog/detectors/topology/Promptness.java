package org.bitcoinwatchdog.detectors.topology;

import java.util.OptionalLong;

/** Since when the events of a partition are read promptly: without it, silence can't be told from a backlog. */
@FunctionalInterface
public interface Promptness {
    /** Never known to be prompt, as in a replay. */
    Promptness UNKNOWN = partition -> OptionalLong.empty();

    /**
     * By wall clock, UNIX nanoseconds; without a break since then, everything was read within seconds of being published.
     * Empty while that is not so, or can't be told.
     */
    OptionalLong sinceNs(int partition);

    /** Whether a backlog of that partition may be being read, while others are read faster or slower. Never in a replay. */
    default boolean behind(int partition) {
        return false;
    }
}
