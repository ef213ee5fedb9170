package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.FeeFilter;
import org.bitcoinwatchdog.events.GetHeaders;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Nonce;
import org.bitcoinwatchdog.events.SendCompact;
import org.bitcoinwatchdog.events.Undecodable;

/** Payloads of a few fixed fields: each method is the {@link PayloadDecoder} of the types that it names. */
final class ShortPayloads {
    /** MAX_LOCATOR_SZ in Core's net_processing.cpp: Core disconnects a peer that sends more. */
    private static final int MAX_LOCATOR = 101;
    private static final int HASH_BYTES = 32;

    private ShortPayloads() {
    }

    /** {@code ping} and {@code pong} (BIP 31). A ping without a nonce, as before BIP 31, is too short. */
    static void nonce(PayloadReader payload, Message.Builder message) {
        long nonce = payload.int64();
        if (payload.ok()) {
            message.setNonce(Nonce.newBuilder().setNonce(nonce));
        }
    }

    /** {@code feefilter} (BIP 133). Core ignores a value outside the range of money, so it is not an error here. */
    static void feeFilter(PayloadReader payload, Message.Builder message) {
        long fee = payload.int64();
        if (payload.ok()) {
            message.setFeeFilter(FeeFilter.newBuilder().setMinFeeSatPerKvb(fee));
        }
    }

    /** {@code sendcmpct} (BIP 152). A peer misbehaves if the first byte is neither 0 nor 1. */
    static void sendCompact(PayloadReader payload, Message.Builder message) {
        int highBandwidth = payload.uint8();
        long version = payload.int64();
        if (highBandwidth > 1) {
            payload.fail(Undecodable.UNDECODABLE_BAD_VALUE);
        }
        if (payload.ok()) {
            message.setSendCompact(SendCompact.newBuilder().setHighBandwidth(highBandwidth == 1).setVersion(version));
        }
    }

    /** {@code getheaders} and {@code getblocks}: the locator's newest block. */
    static void getHeaders(PayloadReader payload, Message.Builder message) {
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
