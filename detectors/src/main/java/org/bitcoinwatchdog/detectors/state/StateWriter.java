package org.bitcoinwatchdog.detectors.state;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * Writes the state of one section: numbers as zigzag varints, so that small ones take a byte. Each section begins with
 * the version of its form ({@link #version}), so a later reader knows what follows.
 */
public final class StateWriter {
    private byte[] out = new byte[256];
    private int length;

    public StateWriter version(int version) {
        return number(version);
    }

    public StateWriter number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        byte[] to = room(10);
        while ((rest & ~0x7fL) != 0) {
            to[length++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        to[length++] = (byte) rest;
        return this;
    }

    public StateWriter real(double value) {
        long bits = Double.doubleToLongBits(value);
        byte[] to = room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            to[length++] = (byte) (bits >>> shift);
        }
        return this;
    }

    public StateWriter flag(boolean value) {
        room(1)[length++] = (byte) (value ? 1 : 0);
        return this;
    }

    public StateWriter bytes(byte[] value) {
        number(value.length);
        System.arraycopy(value, 0, room(value.length), length, value.length);
        length += value.length;
        return this;
    }

    public StateWriter bytes(ByteString value) {
        number(value.size());
        value.copyTo(room(value.size()), length);
        length += value.size();
        return this;
    }

    public StateWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes how many there are, then each. */
    public <T> StateWriter each(Collection<T> values, BiConsumer<T, StateWriter> write) {
        number(values.size());
        values.forEach(value -> write.accept(value, this));
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(out, length);
    }

    /** Not a ByteArrayOutputStream: that takes a lock for each byte. */
    private byte[] room(int bytes) {
        if (out.length - length < bytes) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, length + bytes));
        }
        return out;
    }
}
