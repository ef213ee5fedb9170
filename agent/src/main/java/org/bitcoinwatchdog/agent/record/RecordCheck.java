package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.bitcoinwatchdog.agent.record.RecordLayout.MessageRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.RecordHeader;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Flaw;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Malformed;

/** Checks a record once, so that no reader of its fields has to check again. */
public final class RecordCheck {
    private static final Tracepoint[] TRACEPOINTS = Tracepoint.values();

    private RecordCheck() {
    }

    /** The problem; null if the record is valid. */
    public static Malformed problem(RecordBytes record) {
        if (record.length() < RecordHeader.BYTES) {
            return new Malformed(0, Flaw.TOO_SHORT);
        }
        int number = record.tracepoint();
        if (number == 0 || number > TRACEPOINTS.length) {
            return new Malformed(number, Flaw.UNKNOWN_TRACEPOINT);
        }
        Flaw flaw = problem(record, tracepoint(record));
        return flaw == null ? null : new Malformed(number, flaw);
    }

    /** The tracepoint of a record whose id has been checked. */
    public static Tracepoint tracepoint(RecordBytes record) {
        return TRACEPOINTS[record.tracepoint() - 1];
    }

    private static Flaw problem(RecordBytes record, Tracepoint tracepoint) {
        if (record.length() < RecordLayout.fixedBytes(tracepoint)) {
            return Flaw.TOO_SHORT;
        }
        if (record.flag(RecordLayout.RECORD_ARGUMENT_FAILED)) {
            return Flaw.ARGUMENT_FAILED;
        }
        return switch (tracepoint) {
            case NET_INBOUND_MESSAGE, NET_OUTBOUND_MESSAGE -> payloadProblem(record);
            case VALIDATION_BLOCK_CONNECTED, UTXOCACHE_ADD, UTXOCACHE_SPENT, UTXOCACHE_UNCACHE, MEMPOOL_ADDED,
                    MEMPOOL_REMOVED, MEMPOOL_REPLACED, MEMPOOL_REJECTED ->
                    record.flag(RecordLayout.RECORD_READ_FAILED) ? Flaw.HASH_NOT_READ : null;
            default -> null;
        };
    }

    private static Flaw payloadProblem(RecordBytes record) {
        long captured = Integer.toUnsignedLong(record.int32(RecordHeader.PAYLOAD_BYTES));
        if (captured > record.length() - MessageRecord.BYTES) {
            return Flaw.PAYLOAD_CUT;
        }
        return Long.compareUnsigned(captured, record.int64(MessageRecord.SIZE_BYTES)) > 0
                ? Flaw.PAYLOAD_LONGER_THAN_MESSAGE : null;
    }
}
