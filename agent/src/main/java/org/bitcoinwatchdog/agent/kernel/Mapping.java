package org.bitcoinwatchdog.agent.kernel;

import static org.bitcoinwatchdog.agent.kernel.Library.LIBC;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.Pointer;

/** Memory that the agent shares with the kernel through a map's file descriptor. */
final class Mapping implements AutoCloseable {
    private final Pointer memory;
    private final int bytes;
    private boolean closed;

    private Mapping(Pointer memory, int bytes) {
        this.memory = memory;
        this.bytes = bytes;
    }

    static Mapping of(int fd, long offset, int bytes, int protection) {
        Pointer memory = LIBC.mmap(null, bytes, protection, LibC.MAP_SHARED, fd, offset);
        return new Mapping(Library.checked(memory, "mmap"), bytes);
    }

    static int pageBytes() {
        return Math.toIntExact(LIBC.sysconf(LibC._SC_PAGESIZE));
    }

    /** A view of the memory. Do not use it after {@link #close}. */
    ByteBuffer view() {
        return MemoryIO.getInstance().newDirectByteBuffer(memory.address(), bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Library.checkedErrno(LIBC.munmap(memory, bytes), "munmap");
        }
    }
}
