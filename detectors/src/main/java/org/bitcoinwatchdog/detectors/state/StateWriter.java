package org.bitcoinwatchdog.detectors.state;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * Writes the state of one section: numbers as zigzag varints, so that small ones take a byte. Each section begins
 * with the version of its form ({@link #version}), by which a later reader knows what follows.
 */
public final class StateWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(256);

    public StateWriter version(int version) {
        return number(version);
    }

    public StateWriter number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    public StateWriter real(double value) {
        long bits = Double.doubleToLongBits(value);
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (bits >>> shift));
        }
        return this;
    }

    public StateWriter flag(boolean value) {
        out.write(value ? 1 : 0);
        return this;
    }

    public StateWriter bytes(byte[] value) {
        number(value.length);
        out.writeBytes(value);
        return this;
    }

    public StateWriter bytes(ByteString value) {
        return bytes(value.toByteArray());
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
        return out.toByteArray();
    }
}
