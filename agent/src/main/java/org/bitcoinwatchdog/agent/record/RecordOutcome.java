package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.bitcoinwatchdog.events.NodeEvent;

/** The result of decoding one binary record. */
public sealed interface RecordOutcome {
    /**
     * A record that became an event.
     *
     * @param event with its body and observed_at_ns. The caller sets node, network, epoch and sequence
     */
    record Decoded(Tracepoint tracepoint, NodeEvent.Builder event) implements RecordOutcome {
    }

    /**
     * A corrupt record, from which no event can be made.
     *
     * @param tracepoint the record's tracepoint id, which may be out of range; 0 if the record is too short to have one
     */
    record Malformed(int tracepoint, Flaw flaw) implements RecordOutcome {
    }

    /** Why a record is malformed. */
    enum Flaw {
        /** Shorter than the fixed part of its tracepoint's record. */
        TOO_SHORT,
        UNKNOWN_TRACEPOINT,
        /** Announces more payload than it holds. */
        PAYLOAD_CUT,
        /** Holds more payload than the message had bytes. */
        PAYLOAD_LONGER_THAN_MESSAGE,
        /** The kernel could not fetch an argument, and a zero would pass for peer 0 or height 0. */
        ARGUMENT_FAILED,
        /** The kernel could not read a hash. */
        HASH_NOT_READ,
        /** A fault of the agent prevented decoding. */
        FAULT,
        /** Captured, but a fault ended tracing before the record was decoded. */
        GIVEN_UP,
    }
}
