package org.bitcoinwatchdog.deploy.console.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.deploy.console.model.NodeView.RatesView;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.MessageTypes;

/** Messages and bytes of one node over the latest ten minutes, by direction and by type. */
final class MessageRates {
    static final int SLOTS = 120;
    static final long SLOT_NS = 5_000_000_000L;
    /** Slots that a figure "a second" is the mean of. */
    private static final int MEAN_SLOTS = 2;

    private final Directions messages = new Directions();
    private final Directions bytes = new Directions();
    private final Map<String, Directions> byType = new TreeMap<>();

    void add(Message message, boolean received, long timeNs) {
        messages.add(received, timeNs, 1);
        bytes.add(received, timeNs, message.getSizeBytes());
        byType.computeIfAbsent(MessageTypes.known(message.getType()), type -> new Directions()).add(received, timeNs, 1);
    }

    double receivedPerSecond(long timeNs) {
        return messages.received.perSecond(timeNs, MEAN_SLOTS);
    }

    double sentPerSecond(long timeNs) {
        return messages.sent.perSecond(timeNs, MEAN_SLOTS);
    }

    RatesView view(long timeNs) {
        List<RatesView.Type> types = byType.entrySet().stream()
                .map(entry -> entry.getValue().type(entry.getKey(), timeNs))
                .sorted(Comparator.comparingLong((RatesView.Type type) -> type.receivedTotal() + type.sentTotal()).reversed())
                .toList();
        return new RatesView(SLOT_NS / 1_000_000_000L, messages.received.upTo(timeNs), messages.sent.upTo(timeNs),
                bytes.received.upTo(timeNs), bytes.sent.upTo(timeNs), types);
    }

    /** Received messages in each slot, for a small picture. */
    Double[] received(long timeNs) {
        return messages.received.upTo(timeNs);
    }

    private static final class Directions {
        private final TimeSeries received = TimeSeries.ofSums(SLOTS, SLOT_NS);
        private final TimeSeries sent = TimeSeries.ofSums(SLOTS, SLOT_NS);
        private long receivedTotal;
        private long sentTotal;

        void add(boolean isReceived, long timeNs, long amount) {
            (isReceived ? received : sent).add(timeNs, amount);
            if (isReceived) {
                receivedTotal += amount;
            } else {
                sentTotal += amount;
            }
        }

        RatesView.Type type(String name, long timeNs) {
            return new RatesView.Type(name, received.upTo(timeNs), sent.upTo(timeNs), receivedTotal, sentTotal,
                    received.perSecond(timeNs, MEAN_SLOTS), sent.perSecond(timeNs, MEAN_SLOTS));
        }
    }
}
