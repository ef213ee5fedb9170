package org.bitcoinwatchdog.detectors.network;

/** The bit string of an asmap file, and the numbers in it (DecodeBits, util/asmap.cpp). */
final class AsmapBits {
    /** A number or instruction extends beyond the end. */
    static final int INVALID = -1;

    private static final int[] INSTRUCTION = {0, 0, 1};
    private static final int[] AS = classes(15, 24);
    private static final int[] JUMP = classes(5, 30);
    private static final int[] MATCH = classes(1, 8);

    private final byte[] bytes;
    long position;

    AsmapBits(byte[] bytes) {
        this.bytes = bytes;
    }

    long end() {
        return 8L * bytes.length;
    }

    /** 0 return, 1 jump, 2 match, 3 default. */
    int instruction() {
        return number(0, INSTRUCTION);
    }

    int as() {
        return number(1, AS);
    }

    int jump() {
        return number(17, JUMP);
    }

    /** 2 to 511: a one, then the bits to compare. */
    int match() {
        return number(2, MATCH);
    }

    boolean bit() {
        boolean bit = (bytes[(int) (position >> 3)] >> (position & 7) & 1) != 0;
        position++;
        return bit;
    }

    private int number(int minimum, int[] classes) {
        long value = minimum;
        for (int k = 0; k < classes.length; k++) {
            boolean last = k == classes.length - 1;
            if (!last && position >= end()) {
                return INVALID;
            }
            if (!last && bit()) {
                value += 1L << classes[k];
                continue;
            }
            if (end() - position < classes[k]) {
                position = end();
                return INVALID;
            }
            for (int b = classes[k] - 1; b >= 0; b--) {
                value += bit() ? 1L << b : 0;
            }
            return value > Integer.MAX_VALUE ? INVALID : (int) value;
        }
        return INVALID;
    }

    private static int[] classes(int from, int to) {
        return java.util.stream.IntStream.rangeClosed(from, to).toArray();
    }
}
