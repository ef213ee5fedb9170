package org.bitcoinwatchdog.agent.kernel;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/** The functions of the C library that the agent calls, under their C names. Public because jnr-ffi must see it. */
public interface LibC {
    int PROT_READ = 1;
    int PROT_WRITE = 2;
    int MAP_SHARED = 1;
    long MAP_FAILED = -1;
    int _SC_PAGESIZE = 30;
    int O_PATH = 0x200000;
    int O_CLOEXEC = 0x80000;
    long SYS_OPENAT2 = 437;
    long RESOLVE_IN_ROOT = 0x10;
    int CLOCK_REALTIME = 0;
    int CLOCK_BOOTTIME = 7;

    Pointer mmap(Pointer address, @size_t long bytes, int protection, int flags, int fd, @off_t long offset);

    int munmap(Pointer address, @size_t long bytes);

    int open(@In byte[] path, int flags);

    int close(int fd);

    @ssize_t
    long readlink(@In byte[] path, @Out byte[] target, @size_t long bytes);

    /** For bpf(2), which has no function of its own. */
    int syscall(long number, long command, Pointer attributes, @size_t long bytes);

    /** For openat2(2), which has no function of its own. */
    long syscall(long number, int directory, @In byte[] path, @In long[] how, @size_t long bytes);

    long sysconf(int name);

    int clock_gettime(int clock, @Out long[] secondsAndNanos);

    int vsnprintf(@Out byte[] text, @size_t long bytes, Pointer format, Pointer arguments);
}
