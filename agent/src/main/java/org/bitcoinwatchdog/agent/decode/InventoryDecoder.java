package org.bitcoinwatchdog.agent.decode;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bitcoinwatchdog.events.Inventory;
import org.bitcoinwatchdog.events.InventoryCount;
import org.bitcoinwatchdog.events.InventoryItem;
import org.bitcoinwatchdog.events.Message;

/** {@code inv}, {@code getdata} and {@code notfound}: how many of each type, and the first hashes. */
final class InventoryDecoder implements PayloadDecoder {
    /** MAX_INV_SZ in Core's net_processing.cpp: a peer that sends more misbehaves. */
    private static final int MAX_ENTRIES = 50_000;
    private static final int ENTRY_BYTES = 36;
    private static final int FIRST = 64;
    private static final int HASH_BYTES = 32;

    @Override
    public void decode(PayloadReader payload, Message.Builder message) {
        int count = payload.count(MAX_ENTRIES);
        payload.expect(count, ENTRY_BYTES);
        if (payload.ok()) {
            message.setInventory(inventory(payload, count));
        }
    }

    private static Inventory inventory(PayloadReader payload, int count) {
        Inventory.Builder inventory = Inventory.newBuilder().setCount(count);
        Map<Integer, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            int type = payload.int32();
            if (i < FIRST) {
                InventoryItem item = InventoryItem.newBuilder().setType(type).setHash(payload.bytes(HASH_BYTES)).build();
                if (payload.ok()) {
                    inventory.addFirst(item);
                }
            } else {
                payload.skip(HASH_BYTES);
            }
            if (!payload.ok()) {
                break;
            }
            counts.merge(type, 1, Integer::sum);
        }
        counts.forEach((type, n) -> inventory.addCounts(InventoryCount.newBuilder().setType(type).setCount(n)));
        return inventory.build();
    }
}
