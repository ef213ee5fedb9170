package org.bitcoinwatchdog.detectors.blocks;

import java.math.BigInteger;

/** The compact form of a proof-of-work target in a header (arith_uint256::SetCompact). */
final class CompactTarget {
    private CompactTarget() {
    }

    /** Whether a target is more than {@code factor} times as easy as another. */
    static boolean easier(int bits, int than, int factor) {
        return target(bits).compareTo(target(than).multiply(BigInteger.valueOf(factor))) > 0;
    }

    private static BigInteger target(int bits) {
        int exponent = bits >>> 24;
        BigInteger mantissa = BigInteger.valueOf(bits & 0x007fffff);
        return exponent <= 3 ? mantissa.shiftRight(8 * (3 - exponent)) : mantissa.shiftLeft(8 * (exponent - 3));
    }
}
