package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.Message;

/**
 * {@code addr} and {@code addrv2}: every entry, also of networks that nobody knows, since Core counts those against the
 * peer's allowance too (ProcessAddrs in net_processing.cpp).
 */
final class AddressesDecoder implements PayloadDecoder {
    /** How {@code addr} and {@code addrv2} write an entry. */
    interface AddressEntries {
        /** The least that an entry takes. */
        int leastBytes();

        /** Reads one entry; only valid where the reader is still {@linkplain PayloadReader#ok() ok}. */
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
