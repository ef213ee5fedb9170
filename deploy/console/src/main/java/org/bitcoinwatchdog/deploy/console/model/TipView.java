package org.bitcoinwatchdog.deploy.console.model;

import com.google.protobuf.ByteString;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.Tip;

/**
 * The block that a node connected last.
 *
 * @param hash        as people write it
 * @param connectedMs when, UNIX milliseconds of the node's clock
 */
public record TipView(int height, String hash, long connectedMs) {
    static TipView of(BlockConnected block, long atNs) {
        return new TipView(block.getHeight(), hex(block.getHash()), atNs / 1_000_000);
    }

    static TipView of(Tip tip) {
        return new TipView(tip.getHeight(), hex(tip.getHash()), tip.getConnectedAtNs() / 1_000_000);
    }

    /** The bytes in reverse, as people write hashes; at most 32. */
    static String hex(ByteString littleEndian) {
        StringBuilder hex = new StringBuilder(64);
        for (int i = Math.min(32, littleEndian.size()) - 1; i >= 0; i--) {
            hex.append(Character.forDigit(littleEndian.byteAt(i) >> 4 & 0xf, 16));
            hex.append(Character.forDigit(littleEndian.byteAt(i) & 0xf, 16));
        }
        return hex.toString();
    }
}
