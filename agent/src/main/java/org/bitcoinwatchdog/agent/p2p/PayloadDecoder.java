package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.Message;

/** The payload of one or several P2P message types. */
@FunctionalInterface
public interface PayloadDecoder {
    /**
     * Sets the message's payload as far as it was captured. What is wrong with it stands in the reader afterwards, and
     * then what was set is thrown away.
     */
    void decode(PayloadReader payload, Message.Builder message);
}
