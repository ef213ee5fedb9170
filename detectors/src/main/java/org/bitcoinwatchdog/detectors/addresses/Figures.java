package org.bitcoinwatchdog.detectors.addresses;

import org.bitcoinwatchdog.detectors.network.NetAddress;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.Addresses;

/**
 * What addr and addrv2 messages held.
 *
 * @param future     entries whose time is later than when they were received
 * @param unroutable entries in reserved ranges
 */
record Figures(long messages, long entries, long future, long unroutable) {
    static final Figures NONE = new Figures(0, 0, 0, 0);
    private static final long NS_PER_S = 1_000_000_000L;

    static Figures of(Addresses addresses, long nowNs) {
        long nowS = nowNs / NS_PER_S;
        long future = 0;
        long unroutable = 0;
        for (AddressEntry entry : addresses.getEntriesList()) {
            future += Integer.toUnsignedLong(entry.getTimeS()) > nowS ? 1 : 0;
            unroutable += NetAddress.of(entry.getAddress()).routable() ? 0 : 1;
        }
        return new Figures(1, Integer.toUnsignedLong(addresses.getCount()), future, unroutable);
    }

    Figures plus(Figures more) {
        return new Figures(messages + more.messages, entries + more.entries, future + more.future,
                unroutable + more.unroutable);
    }

    double share(long of) {
        return entries == 0 ? 0 : (double) of / entries;
    }

    double entriesPerMessage() {
        return messages == 0 ? 0 : (double) entries / messages;
    }

    void save(StateWriter out) {
        out.number(messages).number(entries).number(future).number(unroutable);
    }

    static Figures restore(StateReader in) {
        return new Figures(in.number(), in.number(), in.number(), in.number());
    }
}
