package org.bitcoinwatchdog.agent.recording;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.bitcoinwatchdog.agent.record.RecordBytes;
import org.bitcoinwatchdog.agent.record.RecordCheck;
import org.bitcoinwatchdog.agent.record.RecordDecoder;
import org.bitcoinwatchdog.agent.record.RecordLayout;
import org.bitcoinwatchdog.agent.record.RecordLayout.AddrmanRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.BlockConnectedRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.ConnectionRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.CreateTxRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.MempoolAddedRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.MempoolRejectedRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.MempoolRemovedRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.MempoolReplacedRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.MessageRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.MisbehavingRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.RecordHeader;
import org.bitcoinwatchdog.agent.record.RecordLayout.SelectedCoinsRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.UtxocacheCoinRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.UtxocacheFlushRecord;
import org.bitcoinwatchdog.events.RecordedCall;

/**
 * Converts the kernel's binary record to the call that a recording keeps: the inverse of {@link RecordWriter}, except
 * for bytes that the kernel cut. It keeps scratch space, so each thread needs its own formatter.
 */
public final class CallFormatter {
    private final RecordBytes record = new RecordBytes();

    /**
     * The parameters are those of {@link RecordDecoder#decode}.
     *
     * @return empty if the record is malformed; the decoder gives the reason
     */
    public Optional<RecordedCall> format(ByteBuffer records, int offset, int length, long bootTimeNs, String node) {
        record.set(records, offset, length);
        if (RecordCheck.problem(record) != null) {
            return Optional.empty();
        }
        Tracepoint tracepoint = RecordCheck.tracepoint(record);
        long timeNs = record.int64(RecordHeader.BOOT_NS) + bootTimeNs;
        return Optional.of(new RecordedCall(timeNs, node, tracepoint.fullName(), args(tracepoint)));
    }

    private List<Object> args(Tracepoint tracepoint) {
        return switch (tracepoint) {
            case NET_INBOUND_MESSAGE, NET_OUTBOUND_MESSAGE -> message();
            case NET_INBOUND_CONNECTION, NET_OUTBOUND_CONNECTION, NET_EVICTED_INBOUND_CONNECTION,
                    NET_CLOSED_CONNECTION -> connection();
            case NET_MISBEHAVING_CONNECTION -> List.of(
                    int64(MisbehavingRecord.PEER_ID),
                    text(MisbehavingRecord.REASON, RecordLayout.MISBEHAVING_REASON_BYTES));
            case VALIDATION_BLOCK_CONNECTED -> blockConnected();
            case UTXOCACHE_FLUSH -> flush();
            case UTXOCACHE_ADD, UTXOCACHE_SPENT, UTXOCACHE_UNCACHE -> coin();
            case COIN_SELECTION_SELECTED_COINS -> selectedCoins();
            case COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL -> List.of(
                    wallet(), bool(CreateTxRecord.SUCCEEDED), int64(CreateTxRecord.FEE_SAT),
                    int32(CreateTxRecord.CHANGE_POSITION));
            case COIN_SELECTION_ATTEMPTING_APS_CREATE_TX -> List.of(wallet());
            case COIN_SELECTION_APS_CREATE_TX_INTERNAL -> List.of(
                    wallet(), bool(CreateTxRecord.USED), bool(CreateTxRecord.SUCCEEDED), int64(CreateTxRecord.FEE_SAT),
                    int32(CreateTxRecord.CHANGE_POSITION));
            case MEMPOOL_ADDED -> List.of(
                    hash(MempoolAddedRecord.TXID), int32(MempoolAddedRecord.VSIZE_VB), int64(MempoolAddedRecord.FEE_SAT));
            case MEMPOOL_REMOVED -> removed();
            case MEMPOOL_REPLACED -> replaced();
            case MEMPOOL_REJECTED -> List.of(
                    hash(MempoolRejectedRecord.TXID),
                    text(MempoolRejectedRecord.REASON, RecordLayout.REJECTION_REASON_BYTES));
            case ADDRMAN_ATTEMPT_ADD -> attemptAdd();
            case ADDRMAN_MOVE_TO_GOOD -> moveToGood();
        };
    }

    private List<Object> message() {
        return List.of(
                int64(MessageRecord.PEER_ID),
                text(MessageRecord.ADDRESS, RecordLayout.ADDRESS_BYTES),
                text(MessageRecord.CONNECTION_TYPE, RecordLayout.CONNECTION_TYPE_BYTES),
                text(MessageRecord.MESSAGE_TYPE, RecordLayout.MESSAGE_TYPE_BYTES),
                int64(MessageRecord.SIZE_BYTES),
                record.hex(MessageRecord.PAYLOAD, record.int32(RecordHeader.PAYLOAD_BYTES)));
    }

    private List<Object> connection() {
        return List.of(
                int64(ConnectionRecord.PEER_ID),
                text(ConnectionRecord.ADDRESS, RecordLayout.ADDRESS_BYTES),
                text(ConnectionRecord.CONNECTION_TYPE, RecordLayout.CONNECTION_TYPE_BYTES),
                uint32(ConnectionRecord.NETWORK),
                int64(ConnectionRecord.COUNT_OR_TIME));
    }

    private List<Object> blockConnected() {
        return List.of(
                hash(BlockConnectedRecord.HASH),
                int32(BlockConnectedRecord.HEIGHT),
                int64(BlockConnectedRecord.TRANSACTIONS),
                int32(BlockConnectedRecord.INPUTS),
                int64(BlockConnectedRecord.SIGOPS),
                int64(BlockConnectedRecord.DURATION_NS));
    }

    private List<Object> flush() {
        return List.of(
                int64(UtxocacheFlushRecord.DURATION_US),
                uint32(UtxocacheFlushRecord.MODE),
                int64(UtxocacheFlushRecord.COINS),
                int64(UtxocacheFlushRecord.MEMORY_BYTES),
                bool(UtxocacheFlushRecord.FOR_PRUNE));
    }

    private List<Object> coin() {
        return List.of(
                hash(UtxocacheCoinRecord.TXID),
                uint32(UtxocacheCoinRecord.OUTPUT_INDEX),
                uint32(UtxocacheCoinRecord.HEIGHT),
                int64(UtxocacheCoinRecord.VALUE_SAT),
                bool(UtxocacheCoinRecord.COINBASE));
    }

    private List<Object> selectedCoins() {
        return List.of(
                text(SelectedCoinsRecord.WALLET, RecordLayout.WALLET_NAME_BYTES),
                text(SelectedCoinsRecord.ALGORITHM, RecordLayout.ALGORITHM_BYTES),
                int64(SelectedCoinsRecord.TARGET_SAT),
                int64(SelectedCoinsRecord.WASTE_SAT),
                int64(SelectedCoinsRecord.SELECTED_SAT));
    }

    private List<Object> removed() {
        return List.of(
                hash(MempoolRemovedRecord.TXID),
                text(MempoolRemovedRecord.REASON, RecordLayout.REMOVAL_REASON_BYTES),
                int32(MempoolRemovedRecord.VSIZE_VB),
                int64(MempoolRemovedRecord.FEE_SAT),
                int64(MempoolRemovedRecord.ENTERED_AT_S));
    }

    private List<Object> replaced() {
        return List.of(
                hash(MempoolReplacedRecord.REPLACED_TXID),
                int32(MempoolReplacedRecord.REPLACED_VSIZE_VB),
                int64(MempoolReplacedRecord.REPLACED_FEE_SAT),
                int64(MempoolReplacedRecord.REPLACED_ENTERED_AT_S),
                hash(MempoolReplacedRecord.REPLACEMENT_ID),
                int32(MempoolReplacedRecord.REPLACEMENT_VSIZE_VB),
                int64(MempoolReplacedRecord.REPLACEMENT_FEE_SAT),
                bool(MempoolReplacedRecord.REPLACEMENT_IS_TXID));
    }

    private List<Object> attemptAdd() {
        return List.of(
                bool(AddrmanRecord.INSERTED), int32(AddrmanRecord.BUCKET), int32(AddrmanRecord.BUCKET_POSITION),
                text(AddrmanRecord.ADDRESS, RecordLayout.ADDRESS_BYTES), uint32(AddrmanRecord.ADDRESS_AS),
                text(AddrmanRecord.SOURCE, RecordLayout.ADDRESS_BYTES), uint32(AddrmanRecord.SOURCE_AS));
    }

    private List<Object> moveToGood() {
        return attemptAdd().subList(1, 7);
    }

    private Object int64(int offset) {
        return record.int64(offset);
    }

    private Object int32(int offset) {
        return (long) record.int32(offset);
    }

    private Object uint32(int offset) {
        return Integer.toUnsignedLong(record.int32(offset));
    }

    private Object bool(int offset) {
        return record.bool(offset);
    }

    private Object hash(int offset) {
        return record.hex(offset, RecordLayout.HASH_BYTES);
    }

    private Object text(int offset, int fieldBytes) {
        return record.rawText(offset, fieldBytes);
    }

    private Object wallet() {
        return text(CreateTxRecord.WALLET, RecordLayout.WALLET_NAME_BYTES);
    }
}
