package org.bitcoinwatchdog.agent.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bitcoinwatchdog.agent.record.RecordLayout;
import org.bitcoinwatchdog.agent.record.RecordLayout.MessageRecord;
import org.bitcoinwatchdog.agent.record.RecordLayout.RecordHeader;

/** Writes one binary record field by field, with the cuts that the kernel's programs make. */
final class RecordBuffer {
    private final ByteBuffer bytes = ByteBuffer
            .allocate(MessageRecord.BYTES + RecordLayout.PAYLOAD_CAP_ADDRESSES)
            .order(ByteOrder.LITTLE_ENDIAN);
    private int flags;

    /** Begins a record with so many bytes in its fixed part, all zero until they are set. */
    void begin(long bootNs, int tracepoint, int fixedBytes) {
        Arrays.fill(bytes.array(), 0, fixedBytes, (byte) 0);
        flags = 0;
        bytes.clear().limit(fixedBytes);
        bytes.putLong(RecordHeader.BOOT_NS, bootNs);
        bytes.putShort(RecordHeader.TRACEPOINT, (short) tracepoint);
    }

    /** The record from 0 to the buffer's limit; the next one overwrites it. */
    ByteBuffer end() {
        bytes.putShort(RecordHeader.FLAGS, (short) flags);
        return bytes;
    }

    void int32(int offset, int value) {
        bytes.putInt(offset, value);
    }

    void int64(int offset, long value) {
        bytes.putLong(offset, value);
    }

    /** A C string. It ends at its first NUL and is cut to its field. */
    void text(int offset, int fieldBytes, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        while (length < utf8.length && utf8[length] != 0) {
            length++;
        }
        if (length >= fieldBytes) {
            length = fieldBytes - 1;
            flags |= RecordLayout.RECORD_STRING_CUT;
        }
        bytes.put(offset, utf8, 0, length);
    }

    /** False if the text is not a hash in hex. */
    boolean hash(int offset, String hex) {
        return hex.length() == 2 * RecordLayout.HASH_BYTES
                && HexBytes.put(hex, RecordLayout.HASH_BYTES, bytes.position(offset));
    }

    /** The last part of a message's record; false if the text is not hex. */
    boolean payload(String hex, int count) {
        bytes.limit(MessageRecord.PAYLOAD + count);
        bytes.putInt(RecordHeader.PAYLOAD_BYTES, count);
        return HexBytes.put(hex, count, bytes.position(MessageRecord.PAYLOAD));
    }
}
