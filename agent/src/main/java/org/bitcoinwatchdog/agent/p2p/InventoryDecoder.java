package org.bitcoinwatchdog.agent.p2p;

import com.google.protobuf.UnsafeByteOperations;
import org.bitcoinwatchdog.events.Inventory;
import org.bitcoinwatchdog.events.InventoryCount;
import org.bitcoinwatchdog.events.InventoryEntry;
import org.bitcoinwatchdog.events.Message;

/** {@code inv}, {@code getdata} and {@code notfound}: the number of entries of each type, and the first entries. */
final class InventoryDecoder implements PayloadDecoder {
    /** MAX_INV_SZ in Core's net_processing.cpp: a peer that sends more misbehaves. */
    private static final int MAX_ENTRIES = 50_000;
    /** The types in one message in order of their first entry, with their counts. */
    private final int[] types;
    private final int[] counts;
    private int distinct;

    /** @param captureBytes the most bytes of such a payload that the kernel captures */
    InventoryDecoder(int captureBytes) {
        types = new int[captureBytes / InventoryEntry.BYTES];
        counts = new int[types.length];
    }

    @Override
    public void decode(PayloadReader payload, Message.Builder message) {
        int count = payload.count(MAX_ENTRIES);
        payload.expect(count, InventoryEntry.BYTES);
        if (!payload.ok()) {
            return;
        }
        int captured = Math.min(Math.min(count, payload.captured() / InventoryEntry.BYTES), types.length);
        byte[] first = new byte[Math.min(captured, InventoryEntry.MOST) * InventoryEntry.BYTES];
        distinct = 0;
        for (int i = 0; i < captured; i++) {
            count(payload.int32Ahead(i * InventoryEntry.BYTES));
        }
        payload.bytes(first, first.length);
        Inventory.Builder inventory = Inventory.newBuilder()
                .setCount(count)
                .setFirstEntries(UnsafeByteOperations.unsafeWrap(first));
        for (int i = 0; i < distinct; i++) {
            inventory.addCounts(InventoryCount.newBuilder().setType(types[i]).setCount(counts[i]));
        }
        message.setInventory(inventory);
    }

    /** Most entries of a message have the same type, so a linear search is fast. */
    private void count(int type) {
        int i = 0;
        while (i < distinct && types[i] != type) {
            i++;
        }
        if (i == distinct) {
            types[distinct] = type;
            counts[distinct++] = 0;
        }
        counts[i]++;
    }
}
