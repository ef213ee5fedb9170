package org.bitcoinwatchdog.agent.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofOfWorkTest {
    private static final String GENESIS = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
    private static final int GENESIS_BITS = 0x1d00ffff;
    private static final byte[] ZERO = new byte[32];

    @Test
    void holdsForTheGenesisBlock() {
        assertThat(ProofOfWork.of("main").holds(hash(GENESIS), GENESIS_BITS)).isTrue();
    }

    @Test
    void holdsUpToTheTargetItselfAndNotBeyond() {
        ProofOfWork anyNetwork = ProofOfWork.of("");
        assertThat(anyNetwork.holds(hash("00000000ffff" + "0".repeat(52)), GENESIS_BITS)).isTrue();
        assertThat(anyNetwork.holds(hash("00000000ffff" + "0".repeat(51) + "1"), GENESIS_BITS)).isFalse();
    }

    @Test
    void refusesATargetAboveTheNetworksLimit() {
        assertThat(ProofOfWork.of("main").holds(ZERO, 0x1d00ffff)).isTrue();
        assertThat(ProofOfWork.of("main").holds(ZERO, 0x1d010000)).isFalse();
        assertThat(ProofOfWork.of("testnet4").holds(ZERO, 0x1d010000)).isFalse();
        assertThat(ProofOfWork.of("signet").holds(ZERO, 0x1e0377ae)).isTrue();
        assertThat(ProofOfWork.of("signet").holds(ZERO, 0x1e0377af)).isFalse();
        assertThat(ProofOfWork.of("signet_54d26fbd").holds(ZERO, 0x1e0377af)).isFalse();
        assertThat(ProofOfWork.of("regtest_lab").holds(ZERO, 0x21008000)).isFalse();
        assertThat(ProofOfWork.of("regtest").holds(ZERO, 0x207fffff)).isTrue();
        assertThat(ProofOfWork.of("regtest").holds(ZERO, 0x21008000)).isFalse();
        assertThat(ProofOfWork.of("another").holds(ZERO, 0x2100ffff)).isTrue();
    }

    /** Zero, negative, and more than 256 bits: arith_uint256_tests.cpp in Core. */
    @ParameterizedTest
    @ValueSource(ints = {
        0, 0x00123456, 0x01003456, 0x02000056, 0x03000000, 0x04000000, 0x00923456, 0x01803456, 0x02800056, 0x03800000,
        0x04800000, 0x01fedcba, 0x04923456, 0xff123456, 0x23000001, 0x22000100, 0x21010000})
    void refusesTargetsThatAreNone(int bits) {
        assertThat(ProofOfWork.of("").holds(ZERO, bits)).isFalse();
    }

    @Test
    void agreesWithArithmeticOfAnySize() {
        Random random = new Random(1);
        ProofOfWork anyNetwork = ProofOfWork.of("");
        for (int i = 0; i < 100_000; i++) {
            int bits = random.nextInt(36) << 24 | random.nextInt(1 << 24) >>> random.nextInt(24);
            byte[] hash = new byte[32];
            random.nextBytes(hash);
            for (int zeroes = random.nextInt(33); zeroes > 0; zeroes--) {
                hash[32 - zeroes] = 0;
            }
            assertThat(anyNetwork.holds(hash, bits)).as("%08x", bits).isEqualTo(holds(hash, bits));
        }
    }

    private static boolean holds(byte[] hash, int bits) {
        int size = bits >>> 24;
        BigInteger word = BigInteger.valueOf(bits & 0x7fffff);
        BigInteger target = size <= 3 ? word.shiftRight(8 * (3 - size)) : word.shiftLeft(8 * (size - 3));
        boolean negative = (bits & 0x800000) != 0;
        return target.signum() > 0 && !negative && target.bitLength() <= 256
                && new BigInteger(1, reversed(hash)).compareTo(target) <= 0;
    }

    private static byte[] hash(String asPeopleWriteIt) {
        return reversed(HexFormat.of().parseHex(asPeopleWriteIt));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }
}
