package org.bitcoinwatchdog.agent.kernel;

import java.nio.ByteBuffer;

/**
 * The part of a ring buffer's data that is mapped now. The kernel counts each mapped page as this process's memory, and in
 * both copies of the data, so a ring buffer that has room for a burst would count twice its size although next to nothing
 * of it is in use. For one thread.
 */
final class RingWindow implements AutoCloseable {
    private static final int WINDOW_BYTES = 1 << 20;
    /** A record that begins in the window may end behind it; the largest has a little over 64 KiB. */
    private static final int OVERLAP_BYTES = 1 << 17;

    private final int fd;
    private final long dataOffset;
    private final int windowBytes;
    private final int overlapBytes;
    private int begin;
    private Mapping mapping;
    private ByteBuffer bytes;

    /** @param dataOffset where in the map's memory the data begins */
    RingWindow(int fd, long dataOffset, int dataBytes) {
        this.fd = fd;
        this.dataOffset = dataOffset;
        this.windowBytes = Math.min(WINDOW_BYTES, dataBytes);
        this.overlapBytes = Math.min(OVERLAP_BYTES, dataBytes);
        map(0);
    }

    /** Where in {@link #bytes()} that offset of the data lies, with all of a record that begins there. */
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
