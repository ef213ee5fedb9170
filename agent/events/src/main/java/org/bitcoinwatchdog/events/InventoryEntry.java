package org.bitcoinwatchdog.events;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One entry of an inv, getdata or notfound. An {@link Inventory} holds its first ones in the form of the wire, since a
 * message of its own for each would cost more than all else in an event.
 *
 * @param type the wire's type number, see {@link InventoryCount}
 * @param hash 32 bytes in the order of the wire
 */
public record InventoryEntry(int type, ByteString hash) {
    /** Most entries that an event holds. */
    public static final int MOST = 64;
    /** Bytes of an entry. */
    public static final int BYTES = 36;
    private static final int HASH_BYTES = 32;

    public InventoryEntry {
        if (hash.size() != HASH_BYTES) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + hash.size());
        }
    }

    /** The entries that the event holds, in either form; bytes at the end that make no whole one are passed over. */
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

    /** What {@link Inventory} is to hold for them. */
    public static ByteString toBytes(List<InventoryEntry> entries) {
        ByteBuffer bytes = ByteBuffer.allocate(entries.size() * BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (InventoryEntry entry : entries) {
            bytes.putInt(entry.type).put(entry.hash.asReadOnlyByteBuffer());
        }
        return ByteString.copyFrom(bytes.flip());
    }
}
