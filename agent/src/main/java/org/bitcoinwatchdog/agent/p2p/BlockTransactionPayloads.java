package org.bitcoinwatchdog.agent.p2p;

import com.google.protobuf.ByteString;
import org.bitcoinwatchdog.events.BlockTransactions;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Undecodable;

/** {@code getblocktxn} and {@code blocktxn} (BIP 152): the block, and how many transactions. */
final class BlockTransactionPayloads {
    private static final int HASH_BYTES = 32;
    private static final int MAX_INDEX = 0xffff;

    private BlockTransactionPayloads() {
    }

    /** {@code getblocktxn}. */
    static void requested(PayloadReader payload, Message.Builder message) {
        ByteString hash = payload.bytes(HASH_BYTES);
        long count = payload.compactSize();
        payload.expect(count, 1);
        if (!payload.ok()) {
            return;
        }
        message.setBlockTransactions(BlockTransactions.newBuilder().setBlockHash(hash).setCount((int) count));
        checkIndexes(payload, count);
    }

    /** {@code blocktxn}. */
    static void sent(PayloadReader payload, Message.Builder message) {
        ByteString hash = payload.bytes(HASH_BYTES);
        long count = payload.compactSize();
        payload.expect(count, BlockPayloads.LEAST_TRANSACTION_BYTES);
        if (payload.ok()) {
            message.setBlockTransactions(BlockTransactions.newBuilder().setBlockHash(hash).setCount((int) count));
        }
    }

    /** The indexes are differences. Their sum must fit into 16 bits (DifferenceFormatter in Core's blockencodings.h). */
    private static void checkIndexes(PayloadReader payload, long count) {
        long index = 0;
        for (long i = 0; i < count && payload.ok(); i++) {
            index += payload.compactSize();
            if (index > MAX_INDEX) {
                payload.fail(Undecodable.UNDECODABLE_BAD_VALUE);
            }
            index++;
        }
    }
}
