package org.bitcoinwatchdog.agent.decode;

import org.bitcoinwatchdog.agent.kernel.Tracepoint;

/**
 * Where the fields of bpf/record.h lie, in bytes; a test holds every number here against the header itself. Each nested
 * class is one struct, under its name there; BYTES is its size.
 */
final class RecordLayout {
    static final int ADDRESS_BYTES = 88;
    static final int CONNECTION_TYPE_BYTES = 24;
    static final int MESSAGE_TYPE_BYTES = 24;
    static final int MISBEHAVING_REASON_BYTES = 136;
    static final int REMOVAL_REASON_BYTES = 16;
    static final int REJECTION_REASON_BYTES = 128;
    static final int WALLET_NAME_BYTES = 64;
    static final int ALGORITHM_BYTES = 32;
    static final int HASH_BYTES = 32;

    static final int PAYLOAD_CAP_ADDRESSES = 65536;
    static final int PAYLOAD_CAP_LISTS = 4096;
    static final int PAYLOAD_CAP_SHORT = 256;
    static final int PAYLOAD_CAP_TRANSACTION = 0;

    static final int RECORD_STRING_CUT = 1;
    static final int RECORD_READ_FAILED = 2;
    static final int RECORD_ARGUMENT_FAILED = 4;

    private RecordLayout() {
    }

    static final class RecordHeader {
        static final int BOOT_NS = 0;
        static final int TRACEPOINT = 8;
        static final int FLAGS = 10;
        static final int PAYLOAD_BYTES = 12;
        static final int BYTES = 16;
    }

    static final class MessageRecord {
        static final int PEER_ID = 16;
        static final int SIZE_BYTES = 24;
        static final int CONNECTION_TYPE = 32;
        static final int MESSAGE_TYPE = 56;
        static final int ADDRESS = 80;
        static final int PAYLOAD = 168;
        static final int BYTES = 168;
    }

    static final class ConnectionRecord {
        static final int PEER_ID = 16;
        static final int COUNT_OR_TIME = 24;
        static final int NETWORK = 32;
        static final int CONNECTION_TYPE = 40;
        static final int ADDRESS = 64;
        static final int BYTES = 152;
    }

    static final class MisbehavingRecord {
        static final int PEER_ID = 16;
        static final int REASON = 24;
        static final int BYTES = 160;
    }

    static final class BlockConnectedRecord {
        static final int HASH = 16;
        static final int TRANSACTIONS = 48;
        static final int SIGOPS = 56;
        static final int DURATION_NS = 64;
        static final int HEIGHT = 72;
        static final int INPUTS = 76;
        static final int BYTES = 80;
    }

    static final class UtxocacheFlushRecord {
        static final int DURATION_US = 16;
        static final int COINS = 24;
        static final int MEMORY_BYTES = 32;
        static final int MODE = 40;
        static final int FOR_PRUNE = 44;
        static final int BYTES = 48;
    }

    static final class UtxocacheCoinRecord {
        static final int TXID = 16;
        static final int VALUE_SAT = 48;
        static final int OUTPUT_INDEX = 56;
        static final int HEIGHT = 60;
        static final int COINBASE = 64;
        static final int BYTES = 72;
    }

    static final class SelectedCoinsRecord {
        static final int TARGET_SAT = 16;
        static final int WASTE_SAT = 24;
        static final int SELECTED_SAT = 32;
        static final int WALLET = 40;
        static final int ALGORITHM = 104;
        static final int BYTES = 136;
    }

    static final class CreateTxRecord {
        static final int FEE_SAT = 16;
        static final int CHANGE_POSITION = 24;
        static final int SUCCEEDED = 28;
        static final int USED = 32;
        static final int WALLET = 40;
        static final int BYTES = 104;
    }

    static final class MempoolAddedRecord {
        static final int TXID = 16;
        static final int FEE_SAT = 48;
        static final int VSIZE_VB = 56;
        static final int BYTES = 64;
    }

    static final class MempoolRemovedRecord {
        static final int TXID = 16;
        static final int FEE_SAT = 48;
        static final int ENTERED_AT_S = 56;
        static final int VSIZE_VB = 64;
        static final int REASON = 72;
        static final int BYTES = 88;
    }

    static final class MempoolReplacedRecord {
        static final int REPLACED_TXID = 16;
        static final int REPLACEMENT_ID = 48;
        static final int REPLACED_FEE_SAT = 80;
        static final int REPLACED_ENTERED_AT_S = 88;
        static final int REPLACEMENT_FEE_SAT = 96;
        static final int REPLACED_VSIZE_VB = 104;
        static final int REPLACEMENT_VSIZE_VB = 108;
        static final int REPLACEMENT_IS_TXID = 112;
        static final int BYTES = 120;
    }

    static final class MempoolRejectedRecord {
        static final int TXID = 16;
        static final int REASON = 48;
        static final int BYTES = 176;
    }

    static final class AddrmanRecord {
        static final int BUCKET = 16;
        static final int BUCKET_POSITION = 20;
        static final int ADDRESS_AS = 24;
        static final int SOURCE_AS = 28;
        static final int INSERTED = 32;
        static final int ADDRESS = 40;
        static final int SOURCE = 128;
        static final int BYTES = 216;
    }

    /** Bytes of the fixed part of a tracepoint's record. */
    static int fixedBytes(Tracepoint tracepoint) {
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

    /** How much of a message's payload crosses, by its type: {@code payload_cap} in bpf/programs/messages.h. */
    static int payloadCap(String messageType) {
        return switch (messageType) {
            case "addr", "addrv2" -> PAYLOAD_CAP_ADDRESSES;
            case "inv", "getdata", "block", "headers", "version", "notfound", "cmpctblock" -> PAYLOAD_CAP_LISTS;
            case "tx" -> PAYLOAD_CAP_TRANSACTION;
            default -> PAYLOAD_CAP_SHORT;
        };
    }
}
