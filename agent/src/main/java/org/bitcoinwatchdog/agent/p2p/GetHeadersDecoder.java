package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.GetHeaders;
import org.bitcoinwatchdog.events.Message;

/** {@code getheaders} and {@code getblocks}: the locator's newest block. */
final class GetHeadersDecoder implements PayloadDecoder {
    /** MAX_LOCATOR_SZ in Core's net_processing.cpp: a peer that sends more is disconnected. */
    private static final int MAX_LOCATOR = 101;
    private static final int HASH_BYTES = 32;

    @Override
    public void decode(PayloadReader payload, Message.Builder message) {
        int version = payload.int32();
        int count = payload.count(MAX_LOCATOR);
        // The hash at which to stop follows the locator.
        payload.expect(count + 1L, HASH_BYTES);
        if (payload.ok()) {
            GetHeaders.Builder headers = GetHeaders.newBuilder().setProtocolVersion(version).setLocatorCount(count);
            if (count > 0) {
                headers.setFirstLocatorHash(payload.bytes(HASH_BYTES));
            }
            message.setGetHeaders(headers);
        }
    }
}
