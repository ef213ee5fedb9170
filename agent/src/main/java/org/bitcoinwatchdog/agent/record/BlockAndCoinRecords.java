package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.agent.record.RecordLayout.BlockConnectedRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.UtxocacheCoinRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.UtxocacheFlushRecord;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.FlushMode;
import org.bitcoinwatchdog.events.UtxoCacheCoin;
import org.bitcoinwatchdog.events.UtxoCacheFlush;

/** The tracepoints of {@code validation} and {@code utxocache}. */
final class BlockAndCoinRecords {
    private BlockAndCoinRecords() {
    }

    static BlockConnected connected(RecordBytes record) {
        return BlockConnected.newBuilder()
                .setHash(record.hash(BlockConnectedRecord.HASH))
                .setHeight(record.int32(BlockConnectedRecord.HEIGHT))
                .setTransactions(record.int64(BlockConnectedRecord.TRANSACTIONS))
                .setInputs(record.int32(BlockConnectedRecord.INPUTS))
                .setSigops(record.int64(BlockConnectedRecord.SIGOPS))
                .setDurationNs(record.int64(BlockConnectedRecord.DURATION_NS))
                .build();
    }

    static UtxoCacheFlush flush(RecordBytes record) {
        return UtxoCacheFlush.newBuilder()
                .setDurationUs(record.int64(UtxocacheFlushRecord.DURATION_US))
                .setMode(mode(record.int32(UtxocacheFlushRecord.MODE)))
                .setCoins(record.int64(UtxocacheFlushRecord.COINS))
                .setMemoryBytes(record.int64(UtxocacheFlushRecord.MEMORY_BYTES))
                .setForPrune(record.bool(UtxocacheFlushRecord.FOR_PRUNE))
                .build();
    }

    static UtxoCacheCoin coin(RecordBytes record) {
        return UtxoCacheCoin.newBuilder()
                .setTxid(record.hash(UtxocacheCoinRecord.TXID))
                .setOutputIndex(record.int32(UtxocacheCoinRecord.OUTPUT_INDEX))
                .setHeight(record.int32(UtxocacheCoinRecord.HEIGHT))
                .setValueSat(record.int64(UtxocacheCoinRecord.VALUE_SAT))
                .setCoinbase(record.bool(UtxocacheCoinRecord.COINBASE))
                .build();
    }

    /** Core's {@code enum class FlushStateMode}, as doc/tracing.md numbers it. */
    private static FlushMode mode(int number) {
        return switch (number) {
            case 0 -> FlushMode.FLUSH_MODE_NONE;
            case 1 -> FlushMode.FLUSH_MODE_IF_NEEDED;
            case 2 -> FlushMode.FLUSH_MODE_PERIODIC;
            case 3 -> FlushMode.FLUSH_MODE_FORCE_FLUSH;
            case 4 -> FlushMode.FLUSH_MODE_FORCE_SYNC;
            default -> FlushMode.FLUSH_MODE_UNSPECIFIED;
        };
    }
}
