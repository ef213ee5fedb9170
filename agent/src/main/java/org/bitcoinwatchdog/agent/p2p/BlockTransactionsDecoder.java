package org.bitcoinwatchdog.agent.p2p;

import com.google.protobuf.ByteString;
import org.bitcoinwatchdog.events.BlockTransactions;
import org.bitcoinwatchdog.events.Message;

/** {@code blocktxn} (BIP 152): of which block, and how many transactions. */
final class BlockTransactionsDecoder implements PayloadDecoder {
    private static final int HASH_BYTES = 32;

    @Override
    public void decode(PayloadReader payload, Message.Builder message) {
        ByteString hash = payload.bytes(HASH_BYTES);
        long count = payload.compactSize();
        payload.expect(count, BlockDecoder.LEAST_TRANSACTION_BYTES);
        if (payload.ok()) {
            message.setBlockTransactions(BlockTransactions.newBuilder().setBlockHash(hash).setCount((int) count));
        }
    }
}
