package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.SendCompact;
import org.bitcoinwatchdog.events.Undecodable;

/** {@code sendcmpct} (BIP 152): a peer whose first byte is neither 0 nor 1 misbehaves. */
final class SendCompactDecoder implements PayloadDecoder {
    @Override
    public void decode(PayloadReader payload, Message.Builder message) {
        int highBandwidth = payload.uint8();
        long version = payload.int64();
        if (highBandwidth > 1) {
            payload.fail(Undecodable.UNDECODABLE_BAD_VALUE);
        }
        if (payload.ok()) {
            message.setSendCompact(SendCompact.newBuilder().setHighBandwidth(highBandwidth == 1).setVersion(version));
        }
    }
}
