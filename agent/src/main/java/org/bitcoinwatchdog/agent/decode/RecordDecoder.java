package org.bitcoinwatchdog.agent.decode;

import java.nio.ByteBuffer;

/**
 * The kernel's binary record (bpf/record.h) to the body of a NodeEvent. Never throws for what a record holds: a record
 * that makes no sense is a {@link Malformed}, a P2P payload that makes none is an event with its type, size and reason.
 * Keeps scratch space: one decoder a thread.
 */
public final class RecordDecoder {
    /** @param network main, test, testnet4, signet or regtest, for its proof of work limit; others have none */
    public RecordDecoder(String network) {
    }

    /**
     * @param records    holds the record, heap or direct; its position and limit are neither used nor changed
     * @param offset     where the record begins
     * @param length     bytes of the record; more than it needs is fine, since the ring buffer reserves fixed sizes
     * @param bootTimeNs UNIX time in nanoseconds of the record's clock's zero: added to the record's time
     * @return a {@link Decoded} or a {@link Malformed}
     */
    public RecordOutcome decode(ByteBuffer records, int offset, int length, long bootTimeNs) {
        return new Malformed(0, Malformed.Reason.UNKNOWN_TRACEPOINT);
    }
}
