package org.bitcoinwatchdog.agent.p2p;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import org.bitcoinwatchdog.events.Undecodable;

/**
 * Reads a P2P payload that may lie, end early, or be cut by the capture. No read goes beyond what was captured and none
 * throws: after the first that fails all answer zero, {@link #ok()} is false, and either {@link #problem()} says what is
 * wrong with the message, or nothing is and the capture ended. So a decoder asks once for each entry, not once for each
 * field. Numbers are little-endian as on the wire.
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
     * @param captured bytes of the payload that lie in {@code bytes} from {@code start} on
     * @param size     bytes that the payload has, unsigned
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

    /** Whether everything so far could be read. */
    boolean ok() {
        return problem == null && !cut;
    }

    /** What is wrong with the message, or null. */
    public Undecodable problem() {
        return problem;
    }

    /** Ends the reading; of several problems the first counts. */
    void fail(Undecodable reason) {
        if (ok()) {
            problem = reason;
        }
    }

    /** Whether the message, not only its capture, has nothing more. */
    boolean atEnd() {
        return position >= size;
    }

    /** Fails where the rest of the message can't hold that many entries of at least that many bytes. */
    void expect(long entries, int bytesEach) {
        if (entries > (size - position) / bytesEach) {
            fail(Undecodable.UNDECODABLE_TOO_SHORT);
        }
    }

    /** How many of the bytes that follow were captured. */
    int captured() {
        return ok() ? (int) (captured - position) : 0;
    }

    /** A number that far behind the position, which stays. The caller has made sure that it was captured. */
    int int32Ahead(int offset) {
        return bytes.getInt(start + (int) position + offset);
    }

    int uint8() {
        int at = take(1);
        return at < 0 ? 0 : bytes.get(at) & 0xff;
    }

    /** Ports are big-endian, the only numbers that are. */
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

    /** A count or length: ReadCompactSize in Core's serialize.h with its range check. */
    long compactSize() {
        long value = compactNumber();
        if (value < 0 || value > MAX_SIZE) {
            fail(Undecodable.UNDECODABLE_TOO_MANY);
        }
        return ok() ? value : 0;
    }

    /** A count that the protocol limits further. */
    int count(int limit) {
        long value = compactSize();
        if (value > limit) {
            fail(Undecodable.UNDECODABLE_TOO_MANY);
        }
        return ok() ? (int) value : 0;
    }

    /** Any number of 64 bits, unsigned, in the shortest of its four forms, as Core demands. */
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

    /** Where in {@link #bytes} the next bytes lie, or -1. */
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
