package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.Message;

/**
 * {@code addr} and {@code addrv2}: every entry, including entries of unknown networks, because Core counts those
 * against the peer's allowance too (ProcessAddrs in net_processing.cpp).
 */
final class AddressesDecoder implements PayloadDecoder {
    /** The format of one entry in {@code addr} or {@code addrv2}. */
    interface AddressEntries {
        /** The size of the shortest entry. */
        int leastBytes();

        /** Reads one entry. It is valid only if the reader is still {@linkplain PayloadReader#ok() ok}. */
        AddressEntry read(PayloadReader payload);
    }

    /** MAX_ADDR_TO_SEND in Core's net_processing.cpp: a peer that sends more misbehaves. */
    private static final int MAX_ENTRIES = 1_000;

    private final AddressEntries entries;

    AddressesDecoder(AddressEntries entries) {
        this.entries = entries;
    }

    @Override
    public void decode(PayloadReader payload, Message.Builder message) {
        int count = payload.count(MAX_ENTRIES);
        payload.expect(count, entries.leastBytes());
        if (!payload.ok()) {
            return;
        }
        Addresses.Builder addresses = Addresses.newBuilder().setCount(count);
        for (int i = 0; i < count; i++) {
            AddressEntry entry = entries.read(payload);
            if (!payload.ok()) {
                break;
            }
            addresses.addEntries(entry);
        }
        message.setAddresses(addresses);
    }
}
