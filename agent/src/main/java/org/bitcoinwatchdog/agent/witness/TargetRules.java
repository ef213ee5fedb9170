package org.bitcoinwatchdog.agent.witness;

import java.math.BigInteger;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Network;

/**
 * The targets that a network's rules allow, as far as two neighbouring headers can show: GetNextWorkRequired in Core's pow.cpp.
 * Bounds, not the exact target, because a witness's chain is known from its tip only.
 */
final class TargetRules {
    private static final int PERIOD = 2_016;
    private static final int MOST_CHANGE = 4;
    /** A compact target has at least 15 bits: rounding changes it by less than one in that many. */
    private static final int ROUNDING_BITS = 15;
    /**
     * The first header of a witness has no neighbour. On mainnet it needs 1/256 of the difficulty of block 961,632
     * (August 2026), so an old header can't pass as a tip.
     */
    private static final BigInteger EASIEST_MAINNET_TIP = target(0x1702_353d).shiftLeft(8);

    private final Network chain;

    TargetRules(Network network) {
        this.chain = network.baseChain();
    }

    /** 2^256 divided by the target plus 1: the expected number of hashes, GetBlockProof in Core's chain.cpp. */
    static BigInteger work(BlockHeader header) {
        return BigInteger.ONE.shiftLeft(256).divide(target(header.getBits()).add(BigInteger.ONE));
    }

    void checkFirst(BlockHeader header) throws WitnessFault {
        if (chain.equals(Network.MAIN) && target(header.getBits()).compareTo(EASIEST_MAINNET_TIP) > 0) {
            throw new WitnessFault("its tip has a difficulty that mainnet left long ago");
        }
    }

    void check(BlockHeader header, int height, BlockHeader parent) throws WitnessFault {
        if (chain.equals(Network.MAIN) || chain.equals(Network.SIGNET)) {
            checkRetargeting(target(header.getBits()), height, target(parent.getBits()));
        }
    }

    private static void checkRetargeting(BigInteger target, int height, BigInteger before) throws WitnessFault {
        if (height % PERIOD != 0) {
            if (!target.equals(before)) {
                throw new WitnessFault("the difficulty of its block " + height + " changes within a period");
            }
            return;
        }
        BigInteger factor = BigInteger.valueOf(MOST_CHANGE);
        BigInteger least = before.divide(factor);
        boolean tooHard = target.compareTo(least.subtract(least.shiftRight(ROUNDING_BITS))) < 0;
        if (tooHard || target.compareTo(before.multiply(factor)) > 0) {
            throw new WitnessFault("the difficulty of its block " + height + " changes by more than a factor of 4");
        }
    }

    /** arith_uint256::SetCompact, for targets whose proof of work was checked. */
    private static BigInteger target(int bits) {
        int shift = 8 * ((bits >>> 24) - 3);
        BigInteger word = BigInteger.valueOf(bits & 0x007f_ffff);
        return shift >= 0 ? word.shiftLeft(shift) : word.shiftRight(-shift);
    }
}
