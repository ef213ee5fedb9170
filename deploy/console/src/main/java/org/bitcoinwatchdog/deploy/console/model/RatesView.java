package org.bitcoinwatchdog.deploy.console.model;

import java.util.List;

/**
 * Messages of the latest slots, oldest first.
 *
 * @param slotSeconds length of a slot
 * @param received    messages in each slot
 */
public record RatesView(
        long slotSeconds, Double[] received, Double[] sent, Double[] receivedBytes, Double[] sentBytes, List<Type> types) {
    /** One message type; totals count from the console's start. */
    public record Type(String type, Double[] received, Double[] sent, long receivedTotal, long sentTotal,
            double receivedPerSecond, double sentPerSecond) {
    }
}
