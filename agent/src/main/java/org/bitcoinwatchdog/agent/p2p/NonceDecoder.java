package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Nonce;

/** {@code ping} and {@code pong} (BIP 31). A ping without nonce, as before BIP 31, counts as too short. */
final class NonceDecoder implements PayloadDecoder {
    @Override
    public void decode(PayloadReader payload, Message.Builder message) {
        long nonce = payload.int64();
        if (payload.ok()) {
            message.setNonce(Nonce.newBuilder().setNonce(nonce));
        }
    }
}
