package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.agent.record.RecordLayout.CreateTxRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.SelectedCoinsRecord;
import org.bitcoinwatchdog.events.ApsCreateTxInternal;
import org.bitcoinwatchdog.events.AttemptingApsCreateTx;
import org.bitcoinwatchdog.events.NormalCreateTxInternal;
import org.bitcoinwatchdog.events.SelectedCoins;

/** The tracepoints of {@code coin_selection}. */
final class WalletRecords {
    private WalletRecords() {
    }

    static SelectedCoins selectedCoins(RecordBytes record) {
        return SelectedCoins.newBuilder()
                .setWallet(record.text(SelectedCoinsRecord.WALLET, RecordLayout.WALLET_NAME_BYTES))
                .setAlgorithm(record.text(SelectedCoinsRecord.ALGORITHM, RecordLayout.ALGORITHM_BYTES))
                .setTargetSat(record.int64(SelectedCoinsRecord.TARGET_SAT))
                .setWasteSat(record.int64(SelectedCoinsRecord.WASTE_SAT))
                .setSelectedSat(record.int64(SelectedCoinsRecord.SELECTED_SAT))
                .build();
    }

    static NormalCreateTxInternal normalCreateTx(RecordBytes record) {
        return NormalCreateTxInternal.newBuilder()
                .setWallet(wallet(record))
                .setSucceeded(record.bool(CreateTxRecord.SUCCEEDED))
                .setFeeSat(record.int64(CreateTxRecord.FEE_SAT))
                .setChangePosition(record.int32(CreateTxRecord.CHANGE_POSITION))
                .build();
    }

    static AttemptingApsCreateTx attemptingAps(RecordBytes record) {
        return AttemptingApsCreateTx.newBuilder().setWallet(wallet(record)).build();
    }

    static ApsCreateTxInternal apsCreateTx(RecordBytes record) {
        return ApsCreateTxInternal.newBuilder()
                .setWallet(wallet(record))
                .setUsed(record.bool(CreateTxRecord.USED))
                .setSucceeded(record.bool(CreateTxRecord.SUCCEEDED))
                .setFeeSat(record.int64(CreateTxRecord.FEE_SAT))
                .setChangePosition(record.int32(CreateTxRecord.CHANGE_POSITION))
                .build();
    }

    private static String wallet(RecordBytes record) {
        return record.text(CreateTxRecord.WALLET, RecordLayout.WALLET_NAME_BYTES);
    }
}
