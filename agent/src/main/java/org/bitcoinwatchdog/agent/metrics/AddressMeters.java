package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.Addresses;

/** Addresses that peers send to the node, in addr and addrv2. */
final class AddressMeters {
    private final Map<AddressNetwork, Counter> received = new EnumMap<>(AddressNetwork.class);
    private final Counter other;

    AddressMeters(NodeMeters meters) {
        for (AddressNetwork network : AddressNetwork.values()) {
            if (network != AddressNetwork.ADDRESS_NETWORK_UNSPECIFIED && network != AddressNetwork.UNRECOGNIZED) {
                received.put(network, received(meters, network.name().substring("ADDRESS_NETWORK_".length())
                        .toLowerCase(Locale.ROOT)));
            }
        }
        other = received(meters, KnownWords.OTHER);
    }

    void on(Addresses addresses) {
        for (AddressEntry entry : addresses.getEntriesList()) {
            received.getOrDefault(entry.getAddress().getNetwork(), other).increment();
        }
        // Entries behind the end of the capture, of unknown network.
        other.increment(Math.max(0, addresses.getCount() - addresses.getEntriesCount()));
    }

    private static Counter received(NodeMeters meters, String network) {
        return meters.counter("p2p.addresses.received", "Addresses received in addr and addrv2",
                "address_network", network);
    }
}
