package org.bitcoinwatchdog.agent.record;

/** What became of one binary record. */
public sealed interface RecordOutcome permits Decoded, Malformed {
}
