package org.bitcoinwatchdog.agent.p2p;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import org.bitcoinwatchdog.events.Undecodable;

/**
 * Reads a P2P payload that may lie, end early, or be cut by the capture. No read goes beyond the captured bytes, and
 * none throws. After the first failed read, all reads return zero and {@link #ok()} is false. {@link #problem()} is
 * then the message's problem, or null if only the capture ended. So a decoder checks once for each entry, not once for
 * each field. Numbers are little-endian, as on the wire.
 */
public final class PayloadReader {
    /** MAX_SIZE in Core's serialize.h: no count or length of a message is larger. */
    private static final long MAX_SIZE = 0x02000000;

    private ByteBuffer bytes;
    private int start;
    private long captured;
    private long size;
    private long position;
    private Undecodable problem;
    private boolean cut;

    /**
     * @param bytes    little-endian
     * @param captured bytes of the payload in {@code bytes}, from {@code start} on
     * @param size     of the whole payload in bytes, unsigned
     */
    public void set(ByteBuffer bytes, int start, int captured, long size) {
        this.bytes = bytes;
        this.start = start;
        this.captured = captured;
        this.size = size < 0 ? Long.MAX_VALUE : size;
        position = 0;
        problem = null;
        cut = false;
    }

    /** Whether all reads so far succeeded. */
    boolean ok() {
        return problem == null && !cut;
    }

    /** The message's problem; null if there is none. */
    public Undecodable problem() {
        return problem;
    }

    /** Ends the reading. The first problem counts. */
    void fail(Undecodable reason) {
        if (ok()) {
            problem = reason;
        }
    }

    /** Whether the message itself ends here, not only its capture. */
    boolean atEnd() {
        return position >= size;
    }

    /** Fails if the rest of the message is too short for so many entries of at least so many bytes. */
    void expect(long entries, int bytesEach) {
        if (entries > (size - position) / bytesEach) {
            fail(Undecodable.UNDECODABLE_TOO_SHORT);
        }
    }

    /** The number of captured bytes that follow. */
    int captured() {
        return ok() ? (int) (captured - position) : 0;
    }

    /**
     * The number at this distance from the position, which does not move. The caller has checked that it was captured.
     */
    int int32Ahead(int offset) {
        return bytes.getInt(start + (int) position + offset);
    }

    int uint8() {
        int at = take(1);
        return at < 0 ? 0 : bytes.get(at) & 0xff;
    }

    /** Ports are the only big-endian numbers. */
    int uint16BigEndian() {
        int at = take(2);
        return at < 0 ? 0 : Short.reverseBytes(bytes.getShort(at)) & 0xffff;
    }

    int int32() {
        int at = take(4);
        return at < 0 ? 0 : bytes.getInt(at);
    }

    long int64() {
        int at = take(8);
        return at < 0 ? 0 : bytes.getLong(at);
    }

    ByteString bytes(int count) {
        int at = take(count);
        if (at < 0) {
            return ByteString.EMPTY;
        }
        byte[] copy = new byte[count];
        bytes.get(at, copy);
        return UnsafeByteOperations.unsafeWrap(copy);
    }

    void bytes(byte[] into, int count) {
        int at = take(count);
        if (at >= 0) {
            bytes.get(at, into, 0, count);
        }
    }

    void skip(long count) {
        take(count);
    }

    /** A count or length, with the range check of ReadCompactSize in Core's serialize.h. */
    long compactSize() {
        long value = compactNumber();
        if (value < 0 || value > MAX_SIZE) {
            fail(Undecodable.UNDECODABLE_TOO_MANY);
        }
        return ok() ? value : 0;
    }

    /** A count with a limit of the protocol. */
    int count(int limit) {
        long value = compactSize();
        if (value > limit) {
            fail(Undecodable.UNDECODABLE_TOO_MANY);
        }
        return ok() ? (int) value : 0;
    }

    /** An unsigned 64-bit number in the shortest of its four forms, as Core demands. */
    long compactNumber() {
        int first = uint8();
        long value;
        long least;
        switch (first) {
            case 0xfd -> {
                int at = take(2);
                value = at < 0 ? 0 : bytes.getShort(at) & 0xffff;
                least = 0xfd;
            }
            case 0xfe -> {
                value = Integer.toUnsignedLong(int32());
                least = 0x1_0000;
            }
            case 0xff -> {
                value = int64();
                least = 0x1_0000_0000L;
            }
            default -> {
                value = first;
                least = 0;
            }
        }
        if (Long.compareUnsigned(value, least) < 0) {
            fail(Undecodable.UNDECODABLE_NON_CANONICAL);
        }
        return ok() ? value : 0;
    }

    /** The index of the next bytes in {@link #bytes}, or -1. */
    private int take(long count) {
        if (!ok()) {
            return -1;
        }
        if (count > size - position) {
            problem = Undecodable.UNDECODABLE_TOO_SHORT;
            return -1;
        }
        if (count > captured - position) {
            cut = true;
            return -1;
        }
        int at = start + (int) position;
        position += count;
        return at;
    }
}
