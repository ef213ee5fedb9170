package org.bitcoinwatchdog.detectors.node;

import java.util.OptionalLong;

/**
 * How events are being read, by the wall clock of the detectors' host.
 *
 * @param nowNs         UNIX nanoseconds
 * @param promptSinceNs since when, without a break, everything that was published had been read within seconds; empty
 *                      while a backlog is read, or while Kafka can't be asked
 */
public record Reading(long nowNs, OptionalLong promptSinceNs) {
    /** How long something can have been silent as far as one can know: what was not read is not silence. */
    public long silenceNs(long heardAtNs) {
        return promptSinceNs.isEmpty() ? 0 : nowNs - Math.max(heardAtNs, promptSinceNs.getAsLong());
    }
}
