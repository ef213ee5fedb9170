package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;

/**
 * The made-up Internet as an asmap file (format: rules.md, section 3): a match of the IPv4 prefix, then a binary trie
 * over the /16s of jumps and returns. Unowned prefixes have AS 0. So the production reader groups the simulated peers.
 */
final class AsmapOfPlan implements AutoCloseable {
    private static final int GROUP_BITS = 16;

    private final Path file;

    private AsmapOfPlan(Path file) {
        this.file = file;
    }

    /** In a temporary file, until closed. */
    static AsmapOfPlan write() {
        try {
            Path file = Files.createTempFile("watchdog-evaluation", ".map");
            Files.write(file, bytes());
            return new AsmapOfPlan(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the asmap of the simulated Internet can't be written", e);
        }
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the asmap of the simulated Internet can't be removed", e);
        }
    }

    static byte[] bytes() {
        Bits code = new Bits();
        for (int octet = 0; octet < 12; octet++) {
            code.match(octet < 10 ? 0 : 0xff);
        }
        code.append(trie(0, 0));
        return code.toBytes();
    }

    private static Bits trie(int prefix, int length) {
        int owner = sole(prefix, length);
        Bits code = new Bits();
        if (owner >= 0) {
            code.answer(Math.max(1, owner));
            return code;
        }
        Bits zero = trie(prefix << 1, length + 1);
        code.jump(zero.size);
        code.append(zero);
        code.append(trie(prefix << 1 | 1, length + 1));
        return code;
    }

    /** The owner of all /16s below a prefix; 0 for none, -1 for several. */
    private static int sole(int prefix, int length) {
        int first = prefix << GROUP_BITS - length;
        int last = first + (1 << GROUP_BITS - length) - 1;
        int owner = AddressPlan.INSTANCE.owner(first);
        for (int group = first + 1; group <= last; group++) {
            if (AddressPlan.INSTANCE.owner(group) != owner) {
                return -1;
            }
        }
        return owner;
    }

    /** A bit string as asmap files have it: bit k is (byte[k/8] >> (k%8)) & 1. */
    private static final class Bits {
        private final BitSet bits = new BitSet();
        private int size;

        void answer(int asNumber) {
            bit(false);
            number(asNumber, 1, 15, 24);
        }

        void jump(int over) {
            bit(true);
            bit(false);
            number(over, 17, 5, 30);
        }

        /** Eight bits that the address must match. */
        void match(int octet) {
            bit(true);
            bit(true);
            bit(false);
            number(1 << 8 | octet, 2, 1, 8);
        }

        void append(Bits other) {
            for (int i = 0; i < other.size; i++) {
                bit(other.bits.get(i));
            }
        }

        byte[] toBytes() {
            byte[] bytes = bits.toByteArray();
            return java.util.Arrays.copyOf(bytes, (size + 7) / 8);
        }

        private void number(int value, int minimum, int firstClass, int lastClass) {
            int left = value - minimum;
            for (int width = firstClass; width <= lastClass; width++) {
                boolean last = width == lastClass;
                if (!last && left >= 1 << width) {
                    bit(true);
                    left -= 1 << width;
                    continue;
                }
                if (!last) {
                    bit(false);
                }
                for (int b = width - 1; b >= 0; b--) {
                    bit((left >> b & 1) == 1);
                }
                return;
            }
        }

        private void bit(boolean set) {
            bits.set(size++, set);
        }
    }
}
