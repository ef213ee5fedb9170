package org.bitcoinwatchdog.agent.p2p;

import org.bitcoinwatchdog.events.AddressEntry;

/** How {@code addr} and {@code addrv2} write an entry. */
interface AddressEntries {
    /** The least that an entry takes. */
    int leastBytes();

    /** Reads one entry; only valid where the reader is still {@linkplain PayloadReader#ok() ok}. */
    AddressEntry read(PayloadReader payload);
}
