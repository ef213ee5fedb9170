package org.bitcoinwatchdog.agent.kernel;

import java.util.HashMap;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** The only access to native code: both libraries, loaded once, and the checks that every result passes. */
final class Library {
    static final LibC LIBC = CLibrary.libc();
    static final LibBpf LIBBPF = load();
    static final Runtime RUNTIME = CLibrary.runtime();
    /** A field, because libbpf may call it at any time. */
    private static final LibBpfLog LOG = new LibBpfLog();

    static {
        LIBBPF.libbpf_set_print(LOG);
    }

    private Library() {
    }

    /** libbpf's messages in this thread since the last call of this method. */
    static String takeLog() {
        return LOG.take();
    }

    /** Checks the result of a function that returns NULL and sets errno if it fails. */
    static Pointer checked(Pointer result, String call) {
        if (result == null || result.address() == 0 || result.address() == LibC.MAP_FAILED) {
            throw new KernelException(call, RUNTIME.getLastError(), takeLog());
        }
        return result;
    }

    /** Checks the result of a function of libbpf that returns a negative errno if it fails. */
    static int checked(int result, String call) {
        if (result < 0) {
            throw new KernelException(call, -result, takeLog());
        }
        return result;
    }

    /** The errno of this thread's last failed call. */
    static int errno() {
        return RUNTIME.getLastError();
    }

    /** Checks the result of a C library function or a thin system call that returns -1 and sets errno if it fails. */
    static int checkedErrno(int result, String call) {
        if (result < 0) {
            throw new KernelException(call, RUNTIME.getLastError(), takeLog());
        }
        return result;
    }

    private static LibBpf load() {
        Map<LibraryOption, Object> options = new HashMap<>();
        options.put(LibraryOption.LoadNow, true);
        try {
            return LibraryLoader.loadLibrary(LibBpf.class, options, "libbpf.so.1");
        } catch (UnsatisfiedLinkError e) {
            throw new KernelException("dlopen(libbpf.so.1)", 0, "libbpf 1.0 or later is not installed (Debian and Ubuntu: "
                    + "apt-get install libbpf1, Fedora: dnf install libbpf): " + e.getMessage());
        }
    }
}
