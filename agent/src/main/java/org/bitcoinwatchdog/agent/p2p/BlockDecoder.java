package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Message;

/** {@code block}: its header and the number of its transactions. */
final class BlockDecoder implements PayloadDecoder {
    /** Version, no inputs, no flags, lock time: Core's deserializer takes nothing shorter for a transaction. */
    static final int LEAST_TRANSACTION_BYTES = 10;

    private final BlockHeaderReader reader;

    BlockDecoder(BlockHeaderReader reader) {
        this.reader = reader;
    }

    @Override
    public void decode(PayloadReader payload, Message.Builder message) {
        BlockHeader header = reader.read(payload);
        if (header != null) {
            long transactions = payload.compactSize();
            payload.expect(transactions, LEAST_TRANSACTION_BYTES);
            message.setBlock(AnnouncedBlock.newBuilder().setHeader(header).setTransactions((int) transactions));
        }
    }
}
