package org.bitcoinwatchdog.agent.witness;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Network;
import org.junit.jupiter.api.Test;

class TargetRulesTest {
    private static final BlockHeader TODAY = bits(0x1702_353d);

    private final TargetRules mainnet = new TargetRules(Network.MAIN);

    @Test
    void workIsTheExpectedNumberOfHashes() {
        assertThat(TargetRules.work(bits(0x1d00_ffff))).as("difficulty 1").isEqualTo(BigInteger.valueOf(0x1_0001_0001L));
        assertThat(TargetRules.work(bits(0x207f_ffff))).as("regtest").isEqualTo(BigInteger.TWO);
    }

    @Test
    void theTargetStaysWithinAPeriod() {
        assertThatCode(() -> mainnet.check(TODAY, 961_633, TODAY)).doesNotThrowAnyException();
        assertRefused(bits(0x1702_353c), 961_633);
        assertRefused(bits(0x1702_353e), 961_633);
    }

    @Test
    void theTargetChangesByAFactorOfFourAtMost() {
        int boundary = 2_016 * 477;
        assertThatCode(() -> mainnet.check(bits(0x1702_1000), boundary, TODAY)).doesNotThrowAnyException();
        assertThatCode(() -> mainnet.check(bits(0x1708_d4f4), boundary, TODAY)).as("4 times").doesNotThrowAnyException();
        assertThatCode(() -> mainnet.check(bits(0x1700_8d4f), boundary, TODAY)).as("a quarter, rounded").doesNotThrowAnyException();
        assertRefused(bits(0x1708_d4f5), boundary);
        assertRefused(bits(0x1700_8d00), boundary);
    }

    @Test
    void anOldHeaderIsNoTip() {
        assertThatCode(() -> mainnet.checkFirst(TODAY)).doesNotThrowAnyException();
        assertThatExceptionOfType(WitnessFault.class).isThrownBy(() -> mainnet.checkFirst(bits(0x1d00_ffff)));
        assertThatCode(() -> new TargetRules(Network.TESTNET4).checkFirst(bits(0x1d00_ffff))).doesNotThrowAnyException();
    }

    private void assertRefused(BlockHeader header, int height) {
        assertThatExceptionOfType(WitnessFault.class).isThrownBy(() -> mainnet.check(header, height, TODAY));
    }

    private static BlockHeader bits(int bits) {
        return BlockHeader.newBuilder().setBits(bits).build();
    }
}
