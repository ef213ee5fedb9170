package org.bitcoinwatchdog.agent.kernel;

import java.util.HashMap;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** The one door to native code: both libraries, loaded once, and the check that every call's result goes through. */
final class Library {
    static final LibC LIBC = CLibrary.libc();
    static final LibBpf LIBBPF = load();
    static final Runtime RUNTIME = CLibrary.runtime();
    /** Held here for as long as libbpf may call it. */
    private static final LibBpfLog LOG = new LibBpfLog();

    static {
        LIBBPF.libbpf_set_print(LOG);
    }

    private Library() {
    }

    /** What libbpf wrote in this thread since the last call of this. */
    static String takeLog() {
        return LOG.take();
    }

    /** The result of a function that returns NULL and sets errno where it fails. */
    static Pointer checked(Pointer result, String call) {
        if (result == null || result.address() == 0 || result.address() == LibC.MAP_FAILED) {
            throw new KernelException(call, RUNTIME.getLastError(), takeLog());
        }
        return result;
    }

    /** The result of a function of libbpf that returns a negative errno where it fails. */
    static int checked(int result, String call) {
        if (result < 0) {
            throw new KernelException(call, -result, takeLog());
        }
        return result;
    }

    /** What the last call of this thread that failed left in errno. */
    static int errno() {
        return RUNTIME.getLastError();
    }

    /** The result of a function of the C library, or a thin system call, that returns -1 and sets errno. */
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
