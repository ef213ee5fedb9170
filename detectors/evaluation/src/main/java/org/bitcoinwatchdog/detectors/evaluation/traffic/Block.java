package org.bitcoinwatchdog.detectors.evaluation.traffic;

import com.google.protobuf.ByteString;
import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Headers;

/**
 * A block of the made-up chain.
 *
 * @param branch    0 or 1 during a split, {@link #COMMON} otherwise
 * @param headers   the headers message that announces this block
 * @param announced the payload of its cmpctblock
 */
public record Block(
        int height, int branch, long atUs, ByteString hash, ByteString previous, Headers headers, AnnouncedBlock announced) {
    public static final int COMMON = -1;
    private static final int BITS = 0x17053894;
    /** Difficulty 1, which testnets allow for a block dated 20 minutes after the last. */
    private static final int EASY_BITS = 0x1d00ffff;

    static Block of(int height, int branch, long atUs, ByteString hash, ByteString previous) {
        return of(height, branch, atUs, hash, previous, BITS, 0);
    }

    /** A testnet block with a time in the future. */
    static Block easy(int height, long atUs, ByteString hash, ByteString previous, int aheadS) {
        return of(height, COMMON, atUs, hash, previous, EASY_BITS, aheadS);
    }

    private static Block of(int height, int branch, long atUs, ByteString hash, ByteString previous, int bits, int aheadS) {
        BlockHeader header = BlockHeader.newBuilder()
                .setHash(hash)
                .setPreviousHash(previous)
                .setTimeS((int) (atUs / 1_000_000) + aheadS)
                .setBits(bits)
                .setProofOfWorkValid(true)
                .setVersion(0x20000000)
                .build();
        return new Block(height, branch, atUs, hash, previous,
                Headers.newBuilder().setCount(1).addHeaders(header).build(),
                AnnouncedBlock.newBuilder().setHeader(header).setTransactions(3_000).build());
    }

    BlockHeader header() {
        return announced.getHeader();
    }
}
