package org.bitcoinwatchdog.detectors.node;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One side of a split that the operator knows. Nodes whose chain has the block are on it, and carry its label.
 *
 * @param label  its name in alerts and listings: {@code bip110}
 * @param height of the block
 * @param hash   of a block that only this side has, as block explorers show it: the first after the fork. If the fork was
 *               before the watchdog saw it, the newest block of the side
 */
public record KnownBranch(String label, int height, String hash) {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public KnownBranch {
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("label must be up to 32 characters of a-z, 0-9 and -, such as bip110");
        }
        if (height < 1) {
            throw new IllegalArgumentException("height must be at least 1");
        }
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("hash must be the 64 hex digits of a block's hash, in lower case, as block explorers show it");
        }
    }

    BlockHash block() {
        byte[] shown = HexFormat.of().parseHex(hash);
        byte[] wire = new byte[shown.length];
        for (int i = 0; i < shown.length; i++) {
            wire[i] = shown[shown.length - 1 - i];
        }
        return new BlockHash(ByteString.copyFrom(wire));
    }
}
