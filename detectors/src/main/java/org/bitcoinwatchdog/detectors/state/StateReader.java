package org.bitcoinwatchdog.detectors.state;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Reads what {@link StateWriter} wrote. Anything that does not fit throws {@link Unreadable}. */
public final class StateReader {
    /** A stored section that this version can't read. Its owner starts anew, and this is counted. */
    public static final class Unreadable extends RuntimeException {
        public Unreadable(String message) {
            super(message);
        }
    }

    private final byte[] in;
    private int position;

    public StateReader(byte[] in) {
        this.in = in;
    }

    /** The version of the section's form, 1 to {@code newest}. */
    public int version(int newest) {
        long version = number();
        if (version < 1 || version > newest) {
            throw new Unreadable("version " + version + ", known up to " + newest);
        }
        return (int) version;
    }

    public long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in[require(1)];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new Unreadable("a number longer than 64 bits");
    }

    public int integer() {
        long value = number();
        if (value != (int) value) {
            throw new Unreadable("a number longer than 32 bits");
        }
        return (int) value;
    }

    public double real() {
        int from = require(8);
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = bits << 8 | in[from + i] & 0xff;
        }
        return Double.longBitsToDouble(bits);
    }

    public boolean flag() {
        return in[require(1)] != 0;
    }

    public byte[] bytes() {
        int length = integer();
        int from = require(length);
        return java.util.Arrays.copyOfRange(in, from, from + length);
    }

    public ByteString byteString() {
        int length = integer();
        return ByteString.copyFrom(in, require(length), length);
    }

    public String text() {
        int length = integer();
        return new String(in, require(length), length, StandardCharsets.UTF_8);
    }

    /** Calls {@code read} as often as {@link StateWriter#each} wrote a value. */
    public void each(Consumer<StateReader> read) {
        int count = integer();
        if (count < 0 || count > in.length - position) {
            throw new Unreadable("a list of " + count);
        }
        for (int i = 0; i < count; i++) {
            read.accept(this);
        }
    }

    private int require(int bytes) {
        if (bytes < 0 || bytes > in.length - position) {
            throw new Unreadable("it ends early");
        }
        int from = position;
        position += bytes;
        return from;
    }
}
