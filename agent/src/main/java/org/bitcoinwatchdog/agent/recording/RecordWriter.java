package org.bitcoinwatchdog.agent.recording;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;
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
import org.bitcoinwatchdog.agent.record.RecordLayout.SelectedCoinsRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.UtxocacheCoinRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.UtxocacheFlushRecord;
import org.bitcoinwatchdog.events.RecordedCall;

/**
 * Converts a recorded call to the binary record that the kernel's program would have written for it: bpf/programs in
 * Java. So a replay uses the decoder that reads the kernel's records. Not thread-safe.
 */
public final class RecordWriter {
    /** A recorded call that no process could have made. The message never repeats an argument. */
    public static final class BadCallException extends Exception {
        BadCallException(String message) {
            super(message, null, false, false);
        }
    }

    private static final Map<String, Tracepoint> TRACEPOINTS = Arrays.stream(Tracepoint.values())
            .collect(Collectors.toUnmodifiableMap(Tracepoint::fullName, Function.identity()));

    private final RecordBuffer record = new RecordBuffer();

    /**
     * The call's record, from 0 to the buffer's limit, valid until the next call. Its time is the call's UNIX time.
     *
     * @throws BadCallException if the tracepoint is unknown or does not pass such arguments
     */
    public ByteBuffer write(RecordedCall call) throws BadCallException {
        Tracepoint tracepoint = TRACEPOINTS.get(call.tracepoint());
        if (tracepoint == null) {
            throw new BadCallException("unknown tracepoint");
        }
        CallArguments args = new CallArguments(call.args(), arguments(tracepoint));
        record.begin(call.timeNs(), tracepoint.number(), RecordLayout.fixedBytes(tracepoint));
        switch (tracepoint) {
            case NET_INBOUND_MESSAGE, NET_OUTBOUND_MESSAGE -> message(args);
            case NET_INBOUND_CONNECTION, NET_OUTBOUND_CONNECTION, NET_EVICTED_INBOUND_CONNECTION,
                    NET_CLOSED_CONNECTION -> connection(args);
            case NET_MISBEHAVING_CONNECTION -> misbehaving(args);
            case VALIDATION_BLOCK_CONNECTED -> blockConnected(args);
            case UTXOCACHE_FLUSH -> flush(args);
            case UTXOCACHE_ADD, UTXOCACHE_SPENT, UTXOCACHE_UNCACHE -> coin(args);
            case COIN_SELECTION_SELECTED_COINS -> selectedCoins(args);
            case COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL -> normalCreateTx(args);
            case COIN_SELECTION_ATTEMPTING_APS_CREATE_TX -> wallet(args);
            case COIN_SELECTION_APS_CREATE_TX_INTERNAL -> apsCreateTx(args);
            case MEMPOOL_ADDED -> added(args);
            case MEMPOOL_REMOVED -> removed(args);
            case MEMPOOL_REPLACED -> replaced(args);
            case MEMPOOL_REJECTED -> rejected(args);
            case ADDRMAN_ATTEMPT_ADD -> addrman(args, 1);
            case ADDRMAN_MOVE_TO_GOOD -> addrman(args, 0);
        }
        return record.end();
    }

    /** The number of arguments of a tracepoint, from doc/tracing.md of Bitcoin Core. */
    private static int arguments(Tracepoint tracepoint) {
        return switch (tracepoint) {
            case COIN_SELECTION_ATTEMPTING_APS_CREATE_TX -> 1;
            case NET_MISBEHAVING_CONNECTION, MEMPOOL_REJECTED -> 2;
            case MEMPOOL_ADDED -> 3;
            case COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL -> 4;
            case NET_INBOUND_CONNECTION, NET_OUTBOUND_CONNECTION, NET_EVICTED_INBOUND_CONNECTION, NET_CLOSED_CONNECTION,
                    UTXOCACHE_FLUSH, UTXOCACHE_ADD, UTXOCACHE_SPENT, UTXOCACHE_UNCACHE, COIN_SELECTION_SELECTED_COINS,
                    COIN_SELECTION_APS_CREATE_TX_INTERNAL, MEMPOOL_REMOVED -> 5;
            case NET_INBOUND_MESSAGE, NET_OUTBOUND_MESSAGE, VALIDATION_BLOCK_CONNECTED, ADDRMAN_MOVE_TO_GOOD -> 6;
            case ADDRMAN_ATTEMPT_ADD -> 7;
            case MEMPOOL_REPLACED -> 8;
        };
    }

    private void message(CallArguments args) throws BadCallException {
        String type = args.text(3);
        long size = args.int64(4);
        String payload = args.text(5);
        record.int64(MessageRecord.PEER_ID, args.int64(0));
        record.text(MessageRecord.ADDRESS, RecordLayout.ADDRESS_BYTES, args.text(1));
        record.text(MessageRecord.CONNECTION_TYPE, RecordLayout.CONNECTION_TYPE_BYTES, args.text(2));
        record.text(MessageRecord.MESSAGE_TYPE, RecordLayout.MESSAGE_TYPE_BYTES, type);
        record.int64(MessageRecord.SIZE_BYTES, size);
        int recorded = payload.length() / 2;
        if (size < recorded) {
            throw new BadCallException("more payload than the message has bytes");
        }
        if (payload.length() % 2 != 0 || !record.payload(payload, Math.min(recorded, RecordLayout.payloadCap(type)))) {
            throw args.bad(5, "hex string");
        }
    }

    private void connection(CallArguments args) throws BadCallException {
        record.int64(ConnectionRecord.PEER_ID, args.int64(0));
        record.text(ConnectionRecord.ADDRESS, RecordLayout.ADDRESS_BYTES, args.text(1));
        record.text(ConnectionRecord.CONNECTION_TYPE, RecordLayout.CONNECTION_TYPE_BYTES, args.text(2));
        record.int32(ConnectionRecord.NETWORK, args.uint32(3));
        record.int64(ConnectionRecord.COUNT_OR_TIME, args.int64(4));
    }

    private void misbehaving(CallArguments args) throws BadCallException {
        record.int64(MisbehavingRecord.PEER_ID, args.int64(0));
        record.text(MisbehavingRecord.REASON, RecordLayout.MISBEHAVING_REASON_BYTES, args.text(1));
    }

    private void blockConnected(CallArguments args) throws BadCallException {
        hash(BlockConnectedRecord.HASH, args, 0);
        record.int32(BlockConnectedRecord.HEIGHT, args.int32(1));
        record.int64(BlockConnectedRecord.TRANSACTIONS, args.int64(2));
        record.int32(BlockConnectedRecord.INPUTS, args.int32(3));
        record.int64(BlockConnectedRecord.SIGOPS, args.int64(4));
        record.int64(BlockConnectedRecord.DURATION_NS, args.int64(5));
    }

    private void flush(CallArguments args) throws BadCallException {
        record.int64(UtxocacheFlushRecord.DURATION_US, args.int64(0));
        record.int32(UtxocacheFlushRecord.MODE, args.uint32(1));
        record.int64(UtxocacheFlushRecord.COINS, args.int64(2));
        record.int64(UtxocacheFlushRecord.MEMORY_BYTES, args.int64(3));
        record.int32(UtxocacheFlushRecord.FOR_PRUNE, args.bool(4));
    }

    private void coin(CallArguments args) throws BadCallException {
        hash(UtxocacheCoinRecord.TXID, args, 0);
        record.int32(UtxocacheCoinRecord.OUTPUT_INDEX, args.uint32(1));
        record.int32(UtxocacheCoinRecord.HEIGHT, args.uint32(2));
        record.int64(UtxocacheCoinRecord.VALUE_SAT, args.int64(3));
        record.int32(UtxocacheCoinRecord.COINBASE, args.bool(4));
    }

    private void selectedCoins(CallArguments args) throws BadCallException {
        record.text(SelectedCoinsRecord.WALLET, RecordLayout.WALLET_NAME_BYTES, args.text(0));
        record.text(SelectedCoinsRecord.ALGORITHM, RecordLayout.ALGORITHM_BYTES, args.text(1));
        record.int64(SelectedCoinsRecord.TARGET_SAT, args.int64(2));
        record.int64(SelectedCoinsRecord.WASTE_SAT, args.int64(3));
        record.int64(SelectedCoinsRecord.SELECTED_SAT, args.int64(4));
    }

    private void wallet(CallArguments args) throws BadCallException {
        record.text(CreateTxRecord.WALLET, RecordLayout.WALLET_NAME_BYTES, args.text(0));
    }

    private void normalCreateTx(CallArguments args) throws BadCallException {
        wallet(args);
        record.int32(CreateTxRecord.SUCCEEDED, args.bool(1));
        record.int64(CreateTxRecord.FEE_SAT, args.int64(2));
        record.int32(CreateTxRecord.CHANGE_POSITION, args.int32(3));
    }

    private void apsCreateTx(CallArguments args) throws BadCallException {
        wallet(args);
        record.int32(CreateTxRecord.USED, args.bool(1));
        record.int32(CreateTxRecord.SUCCEEDED, args.bool(2));
        record.int64(CreateTxRecord.FEE_SAT, args.int64(3));
        record.int32(CreateTxRecord.CHANGE_POSITION, args.int32(4));
    }

    private void added(CallArguments args) throws BadCallException {
        hash(MempoolAddedRecord.TXID, args, 0);
        record.int32(MempoolAddedRecord.VSIZE_VB, args.int32(1));
        record.int64(MempoolAddedRecord.FEE_SAT, args.int64(2));
    }

    private void removed(CallArguments args) throws BadCallException {
        hash(MempoolRemovedRecord.TXID, args, 0);
        record.text(MempoolRemovedRecord.REASON, RecordLayout.REMOVAL_REASON_BYTES, args.text(1));
        record.int32(MempoolRemovedRecord.VSIZE_VB, args.int32(2));
        record.int64(MempoolRemovedRecord.FEE_SAT, args.int64(3));
        record.int64(MempoolRemovedRecord.ENTERED_AT_S, args.int64(4));
    }

    private void replaced(CallArguments args) throws BadCallException {
        hash(MempoolReplacedRecord.REPLACED_TXID, args, 0);
        record.int32(MempoolReplacedRecord.REPLACED_VSIZE_VB, args.int32(1));
        record.int64(MempoolReplacedRecord.REPLACED_FEE_SAT, args.int64(2));
        record.int64(MempoolReplacedRecord.REPLACED_ENTERED_AT_S, args.int64(3));
        hash(MempoolReplacedRecord.REPLACEMENT_ID, args, 4);
        record.int32(MempoolReplacedRecord.REPLACEMENT_VSIZE_VB, args.int32(5));
        record.int64(MempoolReplacedRecord.REPLACEMENT_FEE_SAT, args.int64(6));
        record.int32(MempoolReplacedRecord.REPLACEMENT_IS_TXID, args.bool(7));
    }

    private void rejected(CallArguments args) throws BadCallException {
        hash(MempoolRejectedRecord.TXID, args, 0);
        record.text(MempoolRejectedRecord.REASON, RecordLayout.REJECTION_REASON_BYTES, args.text(1));
    }

    private void addrman(CallArguments args, int first) throws BadCallException {
        record.int32(AddrmanRecord.INSERTED, first == 0 ? 1 : args.bool(0));
        record.int32(AddrmanRecord.BUCKET, args.int32(first));
        record.int32(AddrmanRecord.BUCKET_POSITION, args.int32(first + 1));
        record.text(AddrmanRecord.ADDRESS, RecordLayout.ADDRESS_BYTES, args.text(first + 2));
        record.int32(AddrmanRecord.ADDRESS_AS, args.uint32(first + 3));
        record.text(AddrmanRecord.SOURCE, RecordLayout.ADDRESS_BYTES, args.text(first + 4));
        record.int32(AddrmanRecord.SOURCE_AS, args.uint32(first + 5));
    }

    private void hash(int offset, CallArguments args, int number) throws BadCallException {
        if (!record.hash(offset, args.text(number))) {
            throw args.bad(number, "hash of 64 hex digits");
        }
    }
}
