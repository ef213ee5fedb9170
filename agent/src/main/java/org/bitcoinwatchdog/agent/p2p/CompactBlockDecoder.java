package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Undecodable;

/** {@code cmpctblock} (BIP 152; CBlockHeaderAndShortTxIDs in Core's blockencodings.h). */
final class CompactBlockDecoder implements PayloadDecoder {
    private static final int NONCE_BYTES = 8;
    private static final int SHORT_ID_BYTES = 6;
    private static final int LEAST_PREFILLED_BYTES = 1 + BlockDecoder.LEAST_TRANSACTION_BYTES;
    /** Indexes of transactions have 16 bits. */
    private static final int MAX_TRANSACTIONS = 0xffff;

    private final BlockHeaderReader reader;

    CompactBlockDecoder(BlockHeaderReader reader) {
        this.reader = reader;
    }

    @Override
    public void decode(PayloadReader payload, Message.Builder message) {
        BlockHeader header = reader.read(payload);
        if (header != null) {
            AnnouncedBlock.Builder block = AnnouncedBlock.newBuilder().setHeader(header);
            block.setTransactions(transactions(payload));
            message.setBlock(block);
        }
    }

    private static int transactions(PayloadReader payload) {
        payload.skip(NONCE_BYTES);
        long shortIds = payload.compactSize();
        payload.expect(shortIds, SHORT_ID_BYTES);
        payload.skip(shortIds * SHORT_ID_BYTES);
        long prefilled = payload.compactSize();
        payload.expect(prefilled, LEAST_PREFILLED_BYTES);
        if (shortIds + prefilled > MAX_TRANSACTIONS) {
            payload.fail(Undecodable.UNDECODABLE_TOO_MANY);
        }
        return (int) (shortIds + prefilled);
    }
}
