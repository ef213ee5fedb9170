package org.bitcoinwatchdog.agent.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bitcoinwatchdog.agent.record.RecordLayout.RecordHeader;
import org.bitcoinwatchdog.events.SafeText;

/** One binary record, read by offset. The caller has checked that the record is long enough. */
public final class RecordBytes {
    private final byte[] scratch = new byte[RecordLayout.MISBEHAVING_REASON_BYTES];
    private ByteBuffer bytes;
    private int start;
    private int length;

    public void set(ByteBuffer bytes, int start, int length) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.start = start;
        this.length = length;
    }

    ByteBuffer buffer() {
        return bytes;
    }

    /** The index in {@link #buffer()} of this offset of the record. */
    int at(int offset) {
        return start + offset;
    }

    int length() {
        return length;
    }

    int tracepoint() {
        return bytes.getShort(start + RecordHeader.TRACEPOINT) & 0xffff;
    }

    boolean flag(int flag) {
        return (bytes.getShort(start + RecordHeader.FLAGS) & flag) != 0;
    }

    public int int32(int offset) {
        return bytes.getInt(start + offset);
    }

    public long int64(int offset) {
        return bytes.getLong(start + offset);
    }

    public boolean bool(int offset) {
        return int32(offset) != 0;
    }

    /** A field of so many bytes, a multiple of 8, as numbers to compare with another record's. */
    long[] words(int offset, int fieldBytes) {
        long[] words = new long[fieldBytes / Long.BYTES];
        for (int i = 0; i < words.length; i++) {
            words[i] = int64(offset + i * Long.BYTES);
        }
        return words;
    }

    /** Whether the field at this offset equals one that {@link #words} has read. */
    boolean holds(int offset, long[] words) {
        for (int i = 0; i < words.length; i++) {
            if (int64(offset + i * Long.BYTES) != words[i]) {
                return false;
            }
        }
        return true;
    }

    ByteString hash(int offset) {
        byte[] hash = new byte[RecordLayout.HASH_BYTES];
        bytes.get(start + offset, hash);
        return UnsafeByteOperations.unsafeWrap(hash);
    }

    /** The C string in a field of that size, as {@link SafeText}. */
    String text(int offset, int fieldBytes) {
        return SafeText.ofUtf8(scratch, read(offset, fieldBytes));
    }

    /** The C string in a field of that size, unchanged except for bytes that are not UTF-8. */
    public String rawText(int offset, int fieldBytes) {
        return new String(scratch, 0, read(offset, fieldBytes), StandardCharsets.UTF_8);
    }

    /** The bytes in hex. */
    public String hex(int offset, int count) {
        byte[] copy = new byte[count];
        bytes.get(start + offset, copy);
        return HexFormat.of().formatHex(copy);
    }

    private int read(int offset, int fieldBytes) {
        bytes.get(start + offset, scratch, 0, fieldBytes);
        int end = 0;
        while (end < fieldBytes && scratch[end] != 0) {
            end++;
        }
        return end;
    }
}
