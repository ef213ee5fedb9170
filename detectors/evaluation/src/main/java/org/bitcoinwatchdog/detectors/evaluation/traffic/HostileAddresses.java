package org.bitcoinwatchdog.detectors.evaluation.traffic;

import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NetworkAddress;
import org.bitcoinwatchdog.events.Peer;

/** Addresses as in July 2021: random IPv4, reserved ranges included, with times up to nine minutes in the future. */
public final class HostileAddresses {
    private static final int FUTURE_S = 540;

    private final RandomSource random;

    public HostileAddresses(RandomSource random) {
        this.random = random;
    }

    public Message message(Peer from, long atUs, int entries) {
        Addresses.Builder addresses = Addresses.newBuilder().setCount(entries);
        for (int i = 0; i < entries; i++) {
            addresses.addEntries(AddressEntry.newBuilder()
                    .setTimeS((int) (atUs / 1_000_000) + random.below(FUTURE_S))
                    .setServices(1033)
                    .setAddress(NetworkAddress.newBuilder()
                            .setNetwork(AddressNetwork.ADDRESS_NETWORK_IPV4)
                            .setAddress(Gossip.bytes((int) random.bits()))
                            .setPort(8333)));
        }
        return Messages.of(from, "addr", 3 + 30 * entries).setAddresses(addresses).build();
    }
}
