package org.bitcoinwatchdog.agent.decode;

/** What became of one binary record. */
public sealed interface RecordOutcome permits Decoded, Malformed {
}
