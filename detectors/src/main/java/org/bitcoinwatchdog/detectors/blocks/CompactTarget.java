package org.bitcoinwatchdog.detectors.blocks;

/** The compact form of a proof-of-work target in a header: a mantissa of 23 bits and an exponent of 256 (arith_uint256::SetCompact). */
final class CompactTarget {
    private static final int MANTISSA = 0x007fffff;
    /** The exponent at which the target equals the mantissa. */
    private static final int UNITS = 3;

    private CompactTarget() {
    }

    /**
     * Whether a target is more than {@code factor} times as easy as another.
     *
     * @param factor at least 1, below 2^15: so a mantissa times it has 38 bits, and exponents that differ by 5 decide
     */
    static boolean easier(int bits, int than, int factor) {
        long one = mantissa(bits);
        long other = mantissa(than) * factor;
        int exponents = exponent(bits) - exponent(than);
        return exponents >= 0 ? one << 8 * Math.min(exponents, 5) > other : one > other << 8 * Math.min(-exponents, 3);
    }

    /** Hashes that a block of that target is expected to cost: 2^256 / (target + 1); 0 if the target is unknown. */
    static double work(int bits) {
        long mantissa = mantissa(bits);
        double target = mantissa * Math.pow(256, exponent(bits) - UNITS);
        return mantissa == 0 ? 0 : Math.pow(2, 256) / (target + 1);
    }

    private static long mantissa(int bits) {
        long mantissa = bits & MANTISSA;
        int exponent = bits >>> 24;
        return exponent < UNITS ? mantissa >>> 8 * (UNITS - exponent) : mantissa;
    }

    private static int exponent(int bits) {
        return Math.max(UNITS, bits >>> 24);
    }
}
