package org.bitcoinwatchdog.agent.p2p;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Builds payloads in wire format. */
public final class WireBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public WireBytes uint8(int value) {
        out.write(value);
        return this;
    }

    public WireBytes uint16BigEndian(int value) {
        return uint8(value >>> 8).uint8(value);
    }

    public WireBytes int32(long value) {
        return littleEndian(value, 4);
    }

    public WireBytes int64(long value) {
        return littleEndian(value, 8);
    }

    /** A count in its shortest form. */
    public WireBytes compact(long value) {
        if (Long.compareUnsigned(value, 0xfd) < 0) {
            return uint8((int) value);
        }
        if (Long.compareUnsigned(value, 0xffff) <= 0) {
            return uint8(0xfd).littleEndian(value, 2);
        }
        return Long.compareUnsigned(value, 0xffff_ffffL) <= 0
                ? uint8(0xfe).int32(value) : uint8(0xff).int64(value);
    }

    public WireBytes bytes(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public WireBytes hex(String hex) {
        return bytes(HexFormat.of().parseHex(hex));
    }

    public WireBytes repeat(int value, int count) {
        for (int i = 0; i < count; i++) {
            uint8(value);
        }
        return this;
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    private WireBytes littleEndian(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            uint8((int) (value >>> 8 * i));
        }
        return this;
    }
}
