package org.bitcoinwatchdog.agent.kernel;

import java.nio.ByteBuffer;

/**
 * The part of a ring buffer's data that is mapped now. The kernel counts each mapped page as memory of this process, in
 * both copies of the data. So mapping a ring buffer with room for a burst would cost twice its size, although almost
 * all of it is unused. Not thread-safe.
 */
final class RingWindow implements AutoCloseable {
    private static final int WINDOW_BYTES = 1 << 20;
    /** A record that begins in the window may end behind it. The largest has a little over 64 KiB. */
    private static final int OVERLAP_BYTES = 1 << 17;

    private final int fd;
    private final long dataOffset;
    private final int windowBytes;
    private final int overlapBytes;
    private int begin;
    private Mapping mapping;
    private ByteBuffer bytes;

    /** @param dataOffset offset of the data in the map's memory */
    RingWindow(int fd, long dataOffset, int dataBytes) {
        this.fd = fd;
        this.dataOffset = dataOffset;
        this.windowBytes = Math.min(WINDOW_BYTES, dataBytes);
        this.overlapBytes = Math.min(OVERLAP_BYTES, dataBytes);
        map(0);
    }

    /** The index in {@link #bytes()} of this offset of the data. All of a record that begins there is mapped. */
    int moveTo(int offset) {
        if (offset < begin || offset >= begin + windowBytes) {
            Mapping left = mapping;
            map(offset & -windowBytes);
            left.close();
        }
        return offset - begin;
    }

    /** In native byte order; valid until the next move. */
    ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void close() {
        mapping.close();
    }

    private void map(int from) {
        mapping = Mapping.of(fd, dataOffset + from, windowBytes + overlapBytes, LibC.PROT_READ);
        bytes = mapping.view();
        begin = from;
    }
}
