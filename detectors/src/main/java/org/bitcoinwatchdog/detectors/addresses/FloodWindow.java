package org.bitcoinwatchdog.detectors.addresses;

import java.time.Duration;
import java.util.List;
import org.bitcoinwatchdog.detectors.network.NetAddress;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.SlidingDistinct;
import org.bitcoinwatchdog.detectors.window.SlidingSum;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.Addresses;

/**
 * The addr and addrv2 messages of all peers within the window from which Core discards at least one entry. All figures
 * of an alert are of these messages, so they can be compared with one another.
 */
final class FloodWindow {
    private static final long NS_PER_S = 1_000_000_000L;

    /**
     * @param entries    in all these messages
     * @param discarded  entries over the limit
     * @param future     entries whose time is later than their arrival
     * @param unroutable entries in reserved ranges
     * @param different  estimate of the different addresses among the entries
     */
    record Content(long messages, long entries, long discarded, long future, long unroutable, long different) {
        double share(long of) {
            return entries == 0 ? 0 : (double) of / entries;
        }

        double entriesPerMessage() {
            return messages == 0 ? 0 : (double) entries / messages;
        }
    }

    private final SlidingSum messages;
    private final SlidingSum entries;
    private final SlidingSum discarded;
    private final SlidingSum future;
    private final SlidingSum unroutable;
    private final SlidingDistinct different;

    FloodWindow(Duration window) {
        messages = new SlidingSum(window);
        entries = new SlidingSum(window);
        discarded = new SlidingSum(window);
        future = new SlidingSum(window);
        unroutable = new SlidingSum(window);
        different = new SlidingDistinct(window);
    }

    /** @param over number of its entries that Core discards, at least one */
    void add(Addresses message, long over, long nowNs) {
        messages.add(nowNs, 1);
        entries.add(nowNs, Integer.toUnsignedLong(message.getCount()));
        discarded.add(nowNs, over);
        for (AddressEntry entry : message.getEntriesList()) {
            future.add(nowNs, Integer.toUnsignedLong(entry.getTimeS()) > nowNs / NS_PER_S ? 1 : 0);
            unroutable.add(nowNs, NetAddress.of(entry.getAddress()).routable() ? 0 : 1);
            different.add(nowNs, entry.getAddress().getAddress());
        }
    }

    long discarded(long nowNs) {
        return discarded.sum(nowNs);
    }

    Content content(long nowNs) {
        long all = entries.sum(nowNs);
        return new Content(messages.sum(nowNs), all, discarded.sum(nowNs), future.sum(nowNs), unroutable.sum(nowNs),
                Math.min(different.estimate(nowNs), all));
    }

    private List<SlidingSum> sums() {
        return List.of(messages, entries, discarded, future, unroutable);
    }

    void save(StateWriter out) {
        sums().forEach(sum -> sum.save(out));
        different.save(out);
    }

    void restore(StateReader in) {
        sums().forEach(sum -> sum.restore(in));
        different.restore(in);
    }
}
