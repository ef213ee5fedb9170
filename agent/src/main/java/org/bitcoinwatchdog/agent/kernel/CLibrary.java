package org.bitcoinwatchdog.agent.kernel;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;

/** The C library. It is loaded without libbpf, so that processes can be examined where libbpf is missing. */
final class CLibrary {
    static final LibC LIBC = LibraryLoader.create(LibC.class).load("c");
    static final Runtime RUNTIME = Runtime.getRuntime(LIBC);

    private CLibrary() {
    }
}
