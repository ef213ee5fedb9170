package org.bitcoinwatchdog.events;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of an inv, getdata or notfound. An {@link Inventory} has its first entries in wire format, because a
 * message for each would cost more than the rest of an event.
 *
 * @param type the wire's type number, see {@link InventoryCount}
 * @param hash 32 bytes in wire order
 */
public record InventoryEntry(int type, ByteString hash) {
    /** The maximum number of entries in an event. */
    public static final int MOST = 64;
    /** The size of an entry in bytes. */
    public static final int BYTES = 36;
    private static final int HASH_BYTES = 32;

    public InventoryEntry {
        if (hash.size() != HASH_BYTES) {
            throw new IllegalArgumentException("a hash must have 32 bytes, not " + hash.size());
        }
    }

    /** The entries in the event, in either form. Bytes at the end that are not a whole entry are ignored. */
    @SuppressWarnings("deprecation")
    public static List<InventoryEntry> firstOf(Inventory inventory) {
        if (inventory.getFirstCount() > 0) {
            return inventory.getFirstList().stream().map(item -> new InventoryEntry(item.getType(), item.getHash())).toList();
        }
        ByteString bytes = inventory.getFirstEntries();
        ByteBuffer types = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        List<InventoryEntry> entries = new ArrayList<>(bytes.size() / BYTES);
        for (int end = BYTES; end <= bytes.size(); end += BYTES) {
            entries.add(new InventoryEntry(types.getInt(end - BYTES), bytes.substring(end - HASH_BYTES, end)));
        }
        return entries;
    }

    /** The wire format of the entries, for an {@link Inventory}. */
    public static ByteString toBytes(List<InventoryEntry> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(entries.size() * BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (InventoryEntry entry : entries) {
            bytes.putInt(entry.type).put(entry.hash.asReadOnlyByteBuffer());
        }
        return ByteString.copyFrom(bytes.flip());
    }
}
