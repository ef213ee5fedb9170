package org.bitcoinwatchdog.detectors.evaluation.traffic;

import com.google.protobuf.ByteString;
import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Headers;

/**
 * A block of the made-up chain.
 *
 * @param branch    0 or 1 where the chain is split, {@link #COMMON} elsewhere
 * @param headers   the message that announces it alone
 * @param announced the payload of its cmpctblock
 */
public record Block(
        int height, int branch, long atUs, ByteString hash, ByteString previous, Headers headers, AnnouncedBlock announced) {
    public static final int COMMON = -1;
    private static final int BITS = 0x17053894;

    static Block of(int height, int branch, long atUs, ByteString hash, ByteString previous) {
        BlockHeader header = BlockHeader.newBuilder()
                .setHash(hash)
                .setPreviousHash(previous)
                .setTimeS((int) (atUs / 1_000_000))
                .setBits(BITS)
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
