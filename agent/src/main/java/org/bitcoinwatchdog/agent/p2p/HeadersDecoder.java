package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Headers;
import org.bitcoinwatchdog.events.Message;

/** {@code headers}: each as far as captured, followed by a count of transactions that is read and ignored. */
final class HeadersDecoder implements PayloadDecoder {
    /** MAX_HEADERS_RESULTS in Core's net_processing.h: a peer that sends more misbehaves. */
    private static final int MAX_HEADERS = 2_000;
    private static final int LEAST_BYTES = 81;

    private final BlockHeaderReader reader;

    HeadersDecoder(BlockHeaderReader reader) {
        this.reader = reader;
    }

    @Override
    public void decode(PayloadReader payload, Message.Builder message) {
        int count = payload.count(MAX_HEADERS);
        payload.expect(count, LEAST_BYTES);
        if (!payload.ok()) {
            return;
        }
        Headers.Builder headers = Headers.newBuilder().setCount(count);
        for (int i = 0; i < count; i++) {
            BlockHeader header = reader.read(payload);
            if (header == null) {
                break;
            }
            headers.addHeaders(header);
            payload.compactSize();
        }
        message.setHeaders(headers);
    }
}
