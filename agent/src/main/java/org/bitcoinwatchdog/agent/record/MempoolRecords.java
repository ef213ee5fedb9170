package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.agent.record.RecordLayout.MempoolAddedRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.MempoolRejectedRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.MempoolRemovedRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.MempoolReplacedRecord;
import org.bitcoinwatchdog.events.MempoolAdded;
import org.bitcoinwatchdog.events.MempoolRejected;
import org.bitcoinwatchdog.events.MempoolRemoved;
import org.bitcoinwatchdog.events.MempoolReplaced;

/** The tracepoints of {@code mempool}. */
final class MempoolRecords {
    private MempoolRecords() {
    }

    static MempoolAdded added(RecordBytes record) {
        return MempoolAdded.newBuilder()
                .setTxid(record.hash(MempoolAddedRecord.TXID))
                .setVsizeVb(record.int32(MempoolAddedRecord.VSIZE_VB))
                .setFeeSat(record.int64(MempoolAddedRecord.FEE_SAT))
                .build();
    }

    static MempoolRemoved removed(RecordBytes record) {
        return MempoolRemoved.newBuilder()
                .setTxid(record.hash(MempoolRemovedRecord.TXID))
                .setReason(record.text(MempoolRemovedRecord.REASON, RecordLayout.REMOVAL_REASON_BYTES))
                .setVsizeVb(record.int32(MempoolRemovedRecord.VSIZE_VB))
                .setFeeSat(record.int64(MempoolRemovedRecord.FEE_SAT))
                .setEnteredAtS(record.int64(MempoolRemovedRecord.ENTERED_AT_S))
                .build();
    }

    static MempoolReplaced replaced(RecordBytes record) {
        return MempoolReplaced.newBuilder()
                .setReplacedTxid(record.hash(MempoolReplacedRecord.REPLACED_TXID))
                .setReplacedVsizeVb(record.int32(MempoolReplacedRecord.REPLACED_VSIZE_VB))
                .setReplacedFeeSat(record.int64(MempoolReplacedRecord.REPLACED_FEE_SAT))
                .setReplacedEnteredAtS(record.int64(MempoolReplacedRecord.REPLACED_ENTERED_AT_S))
                .setReplacementId(record.hash(MempoolReplacedRecord.REPLACEMENT_ID))
                .setReplacementVsizeVb(record.int32(MempoolReplacedRecord.REPLACEMENT_VSIZE_VB))
                .setReplacementFeeSat(record.int64(MempoolReplacedRecord.REPLACEMENT_FEE_SAT))
                .setReplacementIsTxid(record.bool(MempoolReplacedRecord.REPLACEMENT_IS_TXID))
                .build();
    }

    static MempoolRejected rejected(RecordBytes record) {
        return MempoolRejected.newBuilder()
                .setTxid(record.hash(MempoolRejectedRecord.TXID))
                .setReason(record.text(MempoolRejectedRecord.REASON, RecordLayout.REJECTION_REASON_BYTES))
                .build();
    }
}
