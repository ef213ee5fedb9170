package org.bitcoinwatchdog.detectors.node;

import java.util.OptionalLong;

/**
 * How events are being read, by the wall clock of the detectors' host.
 *
 * @param nowNs         UNIX nanoseconds
 * @param promptSinceNs since when, without a break, all published events were read within seconds; empty while a
 *                      backlog is read, or while Kafka does not answer
 */
public record Reading(long nowNs, OptionalLong promptSinceNs) {
    /** The known length of a silence. Time in which events were not read promptly does not count. */
    public long silenceNs(long heardAtNs) {
        return promptSinceNs.isEmpty() ? 0 : nowNs - Math.max(heardAtNs, promptSinceNs.getAsLong());
    }
}
