package org.bitcoinwatchdog.detectors.topology;

import java.util.OptionalLong;

/** Since when the events of a partition are read promptly. This distinguishes silence from a backlog. */
@FunctionalInterface
public interface Promptness {
    /** Never known to be prompt, as in a replay. */
    Promptness UNKNOWN = partition -> OptionalLong.empty();

    /**
     * Wall clock, UNIX nanoseconds: since then, all events were read within seconds of being published. Empty if this
     * is not so, or not known.
     */
    OptionalLong sinceNs(int partition);

    /**
     * Whether a backlog of that partition may be being read, faster or slower than others. Always false in a replay.
     */
    default boolean behind(int partition) {
        return false;
    }
}
