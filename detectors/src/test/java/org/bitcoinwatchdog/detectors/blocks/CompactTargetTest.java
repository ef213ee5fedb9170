package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompactTargetTest {
    private static final int MAINNET_LIMIT = 0x1d00ffff;

    @Test
    void aTargetFourTimesAsEasyIsNotMoreThanFourTimesAsEasy() {
        assertThat(CompactTarget.easier(0x1d03fffc, MAINNET_LIMIT, 4)).isFalse();
        assertThat(CompactTarget.easier(0x1d03fffd, MAINNET_LIMIT, 4)).isTrue();
    }

    @Test
    void aLargerExponentOutweighsASmallerMantissa() {
        assertThat(CompactTarget.easier(0x1e000100, MAINNET_LIMIT, 1)).isTrue();
        assertThat(CompactTarget.easier(MAINNET_LIMIT, 0x1e000100, 1)).isFalse();
    }

    @Test
    void agreesWithTheExactTargetsWhateverAPeerPutsIntoAHeader() {
        Random random = new Random(1);
        int[] mantissas = {0, 1, 2, 0xff, 0x100, 0xffff, 0x7fffff, 0x800000, 0xffffff};
        for (int i = 0; i < 200_000; i++) {
            int exponent = random.nextInt(256);
            int near = Math.floorMod(exponent + random.nextInt(15) - 7, 256);
            int bits = exponent << 24 | mantissa(mantissas, random);
            int than = near << 24 | mantissa(mantissas, random);
            int factor = random.nextBoolean() ? 4 : 1 + random.nextInt(32_766);
            assertThat(CompactTarget.easier(bits, than, factor)).as("%08x, %08x times %d", bits, than, factor)
                    .isEqualTo(exact(bits).compareTo(exact(than).multiply(BigInteger.valueOf(factor))) > 0);
        }
    }

    private static int mantissa(int[] mantissas, Random random) {
        return random.nextBoolean() ? mantissas[random.nextInt(mantissas.length)] : random.nextInt(1 << 24);
    }

    private static BigInteger exact(int bits) {
        int exponent = bits >>> 24;
        BigInteger mantissa = BigInteger.valueOf(bits & 0x007fffff);
        return exponent <= 3 ? mantissa.shiftRight(8 * (3 - exponent)) : mantissa.shiftLeft(8 * (exponent - 3));
    }
}
