package org.bitcoinwatchdog.agent.decode;

/**
 * A record that is none of bpf/record.h's.
 *
 * @param tracepoint the number that the record gives for its tracepoint, 0 where it gives none
 */
public record Malformed(int tracepoint, Reason reason) implements RecordOutcome {
    public enum Reason {
        /** Shorter than its tracepoint's fixed part. */
        TOO_SHORT,
        UNKNOWN_TRACEPOINT,
        /** Announces more payload than it holds. */
        PAYLOAD_CUT,
        /** Holds more payload than the message had bytes. */
        PAYLOAD_LONGER_THAN_MESSAGE,
    }
}
