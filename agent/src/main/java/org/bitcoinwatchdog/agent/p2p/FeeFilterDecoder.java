package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.FeeFilter;
import org.bitcoinwatchdog.events.Message;

/** {@code feefilter} (BIP 133). Core ignores a value that is no amount of money, and so it is no error here. */
final class FeeFilterDecoder implements PayloadDecoder {
    @Override
    public void decode(PayloadReader payload, Message.Builder message) {
        long fee = payload.int64();
        if (payload.ok()) {
            message.setFeeFilter(FeeFilter.newBuilder().setMinFeeSatPerKvb(fee));
        }
    }
}
