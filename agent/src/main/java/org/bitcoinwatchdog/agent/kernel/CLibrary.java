package org.bitcoinwatchdog.agent.kernel;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/** The C library. It is loaded without libbpf, so that processes can be examined where libbpf is missing. */
final class CLibrary {
    private static final LibC LIBC;
    private static final Runtime RUNTIME;
    /** A class that can't be initialized gives the reason only to the first caller, so the reason is kept here. */
    private static final UnsatisfiedLinkError MISSING;

    static {
        LibC loaded = null;
        Runtime runtime = null;
        UnsatisfiedLinkError missing = null;
        try {
            loaded = LibraryLoader.create(LibC.class).load("c");
            runtime = Runtime.getRuntime(loaded);
        } catch (UnsatisfiedLinkError e) {
            missing = e;
        }
        LIBC = loaded;
        RUNTIME = runtime;
        MISSING = missing;
    }

    private CLibrary() {
    }

    /** @throws KernelException if no native code can be loaded */
    static LibC libc() {
        check();
        return LIBC;
    }

    /** @throws KernelException if no native code can be loaded */
    static Runtime runtime() {
        check();
        return RUNTIME;
    }

    /** jnr-ffi first unpacks its own library into the temporary folder, or else into the working directory. */
    private static void check() {
        if (MISSING != null) {
            throw new KernelException("dlopen(libc)", 0, "no native code can be loaded: " + System.getProperty("java.io.tmpdir")
                    + " is mounted noexec or can't be written to; start with WATCHDOG_JAVA_OPTIONS=-Djava.io.tmpdir=DIR, a "
                    + "folder that is neither");
        }
    }
}
