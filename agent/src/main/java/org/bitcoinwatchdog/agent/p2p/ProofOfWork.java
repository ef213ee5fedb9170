package org.bitcoinwatchdog.agent.p2p;

import java.util.Arrays;
import org.bitcoinwatchdog.events.Network;

/**
 * Checks that a block's hash is below the target in its header: DeriveTarget and CheckProofOfWorkImpl in Core's
 * pow.cpp, and arith_uint256::SetCompact for the target's compact form. Numbers of 256 bits are 32 bytes, little-endian
 * like hashes.
 */
final class ProofOfWork {
    private static final int BYTES = 32;
    private static final int SIGN_BIT = 0x0080_0000;
    private static final int WORD_BITS = 0x007f_ffff;

    private final byte[] limit;
    private final byte[] target = new byte[BYTES];

    private ProofOfWork(byte[] limit) {
        this.limit = limit;
    }

    /** For this network's consensus.powLimit in Core's kernel/chainparams.cpp. Unknown networks have no limit. */
    static ProofOfWork of(String network) {
        byte[] limit = new byte[BYTES];
        switch (Network.baseChainOf(network)) {
            case "main", "test", "testnet4" -> fill(limit, 28, 0);
            case "signet" -> {
                limit[29] = 0x03;
                limit[28] = 0x77;
                limit[27] = (byte) 0xae;
            }
            case "regtest" -> fill(limit, BYTES, 0x80);
            default -> fill(limit, BYTES, 0);
        }
        return new ProofOfWork(limit);
    }

    /** @param bits the header's target in compact form */
    boolean holds(byte[] hash, int bits) {
        return derive(bits) && !greater(target, limit) && !greater(hash, target);
    }

    /** Sets the target; false if it is negative, zero, or longer than 256 bits. */
    private boolean derive(int bits) {
        int size = bits >>> 24;
        int word = bits & WORD_BITS;
        if (size <= 3) {
            word >>>= 8 * (3 - size);
        }
        boolean negative = (bits & SIGN_BIT) != 0;
        boolean overflow = size > 34 || word > 0xff && size > 33 || word > 0xffff && size > 32;
        if (word == 0 || negative || overflow) {
            return false;
        }
        Arrays.fill(target, (byte) 0);
        int lowest = Math.max(0, size - 3);
        for (int i = 0; i < 3 && lowest + i < BYTES; i++) {
            target[lowest + i] = (byte) (word >>> 8 * i);
        }
        return true;
    }

    private static boolean greater(byte[] a, byte[] b) {
        for (int i = BYTES - 1; i >= 0; i--) {
            if (a[i] != b[i]) {
                return (a[i] & 0xff) > (b[i] & 0xff);
            }
        }
        return false;
    }

    /** Sets all bits of the lowest bytes, except for {@code missing} bits of the highest of them. */
    private static void fill(byte[] limit, int bytes, int missing) {
        Arrays.fill(limit, 0, bytes, (byte) 0xff);
        limit[bytes - 1] ^= (byte) missing;
    }
}
