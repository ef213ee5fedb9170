package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.agent.kernel.Tracepoint;

/**
 * The offsets of the fields of bpf/record.h, in bytes. A test compares every number with the header itself. Each nested
 * class is one struct, under its name in the header; BYTES is its size.
 */
public final class RecordLayout {
    public static final int ADDRESS_BYTES = 88;
    public static final int CONNECTION_TYPE_BYTES = 24;
    public static final int MESSAGE_TYPE_BYTES = 24;
    public static final int MISBEHAVING_REASON_BYTES = 136;
    public static final int REMOVAL_REASON_BYTES = 16;
    public static final int REJECTION_REASON_BYTES = 128;
    public static final int WALLET_NAME_BYTES = 64;
    public static final int ALGORITHM_BYTES = 32;
    public static final int HASH_BYTES = 32;

    public static final int PAYLOAD_CAP_ADDRESSES = 65536;
    public static final int PAYLOAD_CAP_LISTS = 4096;
    public static final int PAYLOAD_CAP_SHORT = 256;
    public static final int PAYLOAD_CAP_TRANSACTION = 0;

    public static final int RECORD_STRING_CUT = 1;
    public static final int RECORD_READ_FAILED = 2;
    public static final int RECORD_ARGUMENT_FAILED = 4;

    private RecordLayout() {
    }

    public static final class RecordHeader {
        public static final int BOOT_NS = 0;
        public static final int TRACEPOINT = 8;
        public static final int FLAGS = 10;
        public static final int PAYLOAD_BYTES = 12;
        public static final int BYTES = 16;
    }

    public static final class MessageRecord {
        public static final int PEER_ID = 16;
        public static final int SIZE_BYTES = 24;
        public static final int CONNECTION_TYPE = 32;
        public static final int MESSAGE_TYPE = 56;
        public static final int ADDRESS = 80;
        public static final int PAYLOAD = 168;
        public static final int BYTES = 168;
    }

    public static final class ConnectionRecord {
        public static final int PEER_ID = 16;
        public static final int COUNT_OR_TIME = 24;
        public static final int NETWORK = 32;
        public static final int CONNECTION_TYPE = 40;
        public static final int ADDRESS = 64;
        public static final int BYTES = 152;
    }

    public static final class MisbehavingRecord {
        public static final int PEER_ID = 16;
        public static final int REASON = 24;
        public static final int BYTES = 160;
    }

    public static final class BlockConnectedRecord {
        public static final int HASH = 16;
        public static final int TRANSACTIONS = 48;
        public static final int SIGOPS = 56;
        public static final int DURATION_NS = 64;
        public static final int HEIGHT = 72;
        public static final int INPUTS = 76;
        public static final int BYTES = 80;
    }

    public static final class UtxocacheFlushRecord {
        public static final int DURATION_US = 16;
        public static final int COINS = 24;
        public static final int MEMORY_BYTES = 32;
        public static final int MODE = 40;
        public static final int FOR_PRUNE = 44;
        public static final int BYTES = 48;
    }

    public static final class UtxocacheCoinRecord {
        public static final int TXID = 16;
        public static final int VALUE_SAT = 48;
        public static final int OUTPUT_INDEX = 56;
        public static final int HEIGHT = 60;
        public static final int COINBASE = 64;
        public static final int BYTES = 72;
    }

    public static final class SelectedCoinsRecord {
        public static final int TARGET_SAT = 16;
        public static final int WASTE_SAT = 24;
        public static final int SELECTED_SAT = 32;
        public static final int WALLET = 40;
        public static final int ALGORITHM = 104;
        public static final int BYTES = 136;
    }

    public static final class CreateTxRecord {
        public static final int FEE_SAT = 16;
        public static final int CHANGE_POSITION = 24;
        public static final int SUCCEEDED = 28;
        public static final int USED = 32;
        public static final int WALLET = 40;
        public static final int BYTES = 104;
    }

    public static final class MempoolAddedRecord {
        public static final int TXID = 16;
        public static final int FEE_SAT = 48;
        public static final int VSIZE_VB = 56;
        public static final int BYTES = 64;
    }

    public static final class MempoolRemovedRecord {
        public static final int TXID = 16;
        public static final int FEE_SAT = 48;
        public static final int ENTERED_AT_S = 56;
        public static final int VSIZE_VB = 64;
        public static final int REASON = 72;
        public static final int BYTES = 88;
    }

    public static final class MempoolReplacedRecord {
        public static final int REPLACED_TXID = 16;
        public static final int REPLACEMENT_ID = 48;
        public static final int REPLACED_FEE_SAT = 80;
        public static final int REPLACED_ENTERED_AT_S = 88;
        public static final int REPLACEMENT_FEE_SAT = 96;
        public static final int REPLACED_VSIZE_VB = 104;
        public static final int REPLACEMENT_VSIZE_VB = 108;
        public static final int REPLACEMENT_IS_TXID = 112;
        public static final int BYTES = 120;
    }

    public static final class MempoolRejectedRecord {
        public static final int TXID = 16;
        public static final int REASON = 48;
        public static final int BYTES = 176;
    }

    public static final class AddrmanRecord {
        public static final int BUCKET = 16;
        public static final int BUCKET_POSITION = 20;
        public static final int ADDRESS_AS = 24;
        public static final int SOURCE_AS = 28;
        public static final int INSERTED = 32;
        public static final int ADDRESS = 40;
        public static final int SOURCE = 128;
        public static final int BYTES = 216;
    }

    /** Size of the fixed part of a tracepoint's record, in bytes. */
    public static int fixedBytes(Tracepoint tracepoint) {
        return switch (tracepoint) {
            case NET_INBOUND_MESSAGE, NET_OUTBOUND_MESSAGE -> MessageRecord.BYTES;
            case NET_INBOUND_CONNECTION, NET_OUTBOUND_CONNECTION, NET_EVICTED_INBOUND_CONNECTION,
                    NET_CLOSED_CONNECTION -> ConnectionRecord.BYTES;
            case NET_MISBEHAVING_CONNECTION -> MisbehavingRecord.BYTES;
            case VALIDATION_BLOCK_CONNECTED -> BlockConnectedRecord.BYTES;
            case UTXOCACHE_FLUSH -> UtxocacheFlushRecord.BYTES;
            case UTXOCACHE_ADD, UTXOCACHE_SPENT, UTXOCACHE_UNCACHE -> UtxocacheCoinRecord.BYTES;
            case COIN_SELECTION_SELECTED_COINS -> SelectedCoinsRecord.BYTES;
            case COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL, COIN_SELECTION_ATTEMPTING_APS_CREATE_TX,
                    COIN_SELECTION_APS_CREATE_TX_INTERNAL -> CreateTxRecord.BYTES;
            case MEMPOOL_ADDED -> MempoolAddedRecord.BYTES;
            case MEMPOOL_REMOVED -> MempoolRemovedRecord.BYTES;
            case MEMPOOL_REPLACED -> MempoolReplacedRecord.BYTES;
            case MEMPOOL_REJECTED -> MempoolRejectedRecord.BYTES;
            case ADDRMAN_ATTEMPT_ADD, ADDRMAN_MOVE_TO_GOOD -> AddrmanRecord.BYTES;
        };
    }

    /**
     * How many bytes of a message's payload are captured, by its type: {@code payload_cap} in bpf/programs/messages.h.
     */
    public static int payloadCap(String messageType) {
        return switch (messageType) {
            case "addr", "addrv2" -> PAYLOAD_CAP_ADDRESSES;
            case "inv", "getdata", "block", "headers", "version", "notfound", "cmpctblock" -> PAYLOAD_CAP_LISTS;
            case "tx" -> PAYLOAD_CAP_TRANSACTION;
            default -> PAYLOAD_CAP_SHORT;
        };
    }
}
