package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Headers;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Undecodable;

/** Payloads with block headers: each method is the {@link PayloadDecoder} of the type that it names. */
final class BlockPayloads {
    /** Version, no inputs, no flags, lock time: Core's deserializer refuses a shorter transaction. */
    static final int LEAST_TRANSACTION_BYTES = 10;
    /** MAX_HEADERS_RESULTS in Core's net_processing.h: a peer that sends more misbehaves. */
    private static final int MAX_HEADERS = 2_000;
    /** A header, and a count of transactions that is read and ignored. */
    private static final int LEAST_HEADER_BYTES = 81;
    private static final int NONCE_BYTES = 8;
    private static final int SHORT_ID_BYTES = 6;
    private static final int LEAST_PREFILLED_BYTES = 1 + LEAST_TRANSACTION_BYTES;
    /** Indexes of transactions have 16 bits. */
    private static final int MAX_TRANSACTIONS = 0xffff;

    private final BlockHeaderReader reader;

    BlockPayloads(BlockHeaderReader reader) {
        this.reader = reader;
    }

    /** {@code headers}: as many as were captured. Both forms may be mixed, since both chains share their older blocks. */
    void headers(PayloadReader payload, Message.Builder message) {
        int count = payload.count(MAX_HEADERS);
        payload.expect(count, LEAST_HEADER_BYTES);
        if (!payload.ok()) {
            return;
        }
        Headers.Builder headers = Headers.newBuilder().setCount(count);
        for (int i = 0; i < count && next(payload, headers); i++) {
            payload.compactSize();
        }
        message.setHeaders(headers);
    }

    /** @return false if the payload ends before the next header does */
    private boolean next(PayloadReader payload, Headers.Builder headers) {
        if (BlockHeaderReader.skipsOtherForm(payload)) {
            headers.setOtherForm(headers.getOtherForm() + 1);
            return true;
        }
        BlockHeader header = reader.read(payload);
        if (header != null) {
            headers.addHeaders(header);
        }
        return header != null;
    }

    /** {@code block}: its header and the number of its transactions. */
    void block(PayloadReader payload, Message.Builder message) {
        AnnouncedBlock.Builder block = announced(payload);
        if (block != null) {
            long transactions = payload.compactSize();
            payload.expect(transactions, LEAST_TRANSACTION_BYTES);
            message.setBlock(block.setTransactions((int) transactions));
        }
    }

    /** {@code cmpctblock} (BIP 152; CBlockHeaderAndShortTxIDs in Core's blockencodings.h). */
    void compactBlock(PayloadReader payload, Message.Builder message) {
        AnnouncedBlock.Builder block = announced(payload);
        if (block != null) {
            message.setBlock(block.setTransactions(compactTransactions(payload)));
        }
    }

    /** The header, or null if the payload ends before it does. */
    private AnnouncedBlock.Builder announced(PayloadReader payload) {
        if (BlockHeaderReader.skipsOtherForm(payload)) {
            return AnnouncedBlock.newBuilder().setOtherForm(true);
        }
        BlockHeader header = reader.read(payload);
        return header == null ? null : AnnouncedBlock.newBuilder().setHeader(header);
    }

    private static int compactTransactions(PayloadReader payload) {
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
