package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.Message;

/** Decodes the payload of one or several P2P message types. */
@FunctionalInterface
public interface PayloadDecoder {
    /**
     * Sets the message's payload as far as it was captured. Afterwards the reader has the problem, if any, and the
     * caller discards the payload.
     */
    void decode(PayloadReader payload, Message.Builder message);
}
