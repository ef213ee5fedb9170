package org.bitcoinwatchdog.agent.record;

/**
 * A record from which no event can be made.
 *
 * @param tracepoint the number that the record gives for its tracepoint, 0 where it gives none
 */
public record Malformed(int tracepoint, Reason reason) implements RecordOutcome {
    public enum Reason {
        /** Shorter than the fixed part of its tracepoint's record. */
        TOO_SHORT,
        UNKNOWN_TRACEPOINT,
        /** Announces more payload than it holds. */
        PAYLOAD_CUT,
        /** Holds more payload than the message had bytes. */
        PAYLOAD_LONGER_THAN_MESSAGE,
        /** The kernel could not fetch an argument: a zero that would pass for peer 0 or height 0. */
        ARGUMENT_FAILED,
        /** The kernel could not read a hash. */
        HASH_NOT_READ,
        /** A fault of ours met it. */
        FAULT,
        /** Captured, but tracing ended by a fault before it was its turn. */
        GIVEN_UP,
    }
}
