package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.agent.record.RecordLayout.AddrmanRecord;
import org.bitcoinwatchdog.events.AddrmanAttemptAdd;
import org.bitcoinwatchdog.events.AddrmanMoveToGood;

/** The tracepoints of {@code addrman}, in patched builds of bitcoind. */
final class AddrmanRecords {
    private AddrmanRecords() {
    }

    static AddrmanAttemptAdd attemptAdd(RecordBytes record) {
        return AddrmanAttemptAdd.newBuilder()
                .setInserted(record.bool(AddrmanRecord.INSERTED))
                .setBucket(record.int32(AddrmanRecord.BUCKET))
                .setBucketPosition(record.int32(AddrmanRecord.BUCKET_POSITION))
                .setAddress(record.text(AddrmanRecord.ADDRESS, RecordLayout.ADDRESS_BYTES))
                .setAddressAs(record.int32(AddrmanRecord.ADDRESS_AS))
                .setSource(record.text(AddrmanRecord.SOURCE, RecordLayout.ADDRESS_BYTES))
                .setSourceAs(record.int32(AddrmanRecord.SOURCE_AS))
                .build();
    }

    static AddrmanMoveToGood moveToGood(RecordBytes record) {
        return AddrmanMoveToGood.newBuilder()
                .setBucket(record.int32(AddrmanRecord.BUCKET))
                .setBucketPosition(record.int32(AddrmanRecord.BUCKET_POSITION))
                .setAddress(record.text(AddrmanRecord.ADDRESS, RecordLayout.ADDRESS_BYTES))
                .setAddressAs(record.int32(AddrmanRecord.ADDRESS_AS))
                .setSource(record.text(AddrmanRecord.SOURCE, RecordLayout.ADDRESS_BYTES))
                .setSourceAs(record.int32(AddrmanRecord.SOURCE_AS))
                .build();
    }
}
