package org.bitcoinwatchdog.agent.kernel;

import jnr.ffi.Pointer;

/** {@code struct bpf_link}: a program that runs at a tracepoint until this is closed. */
final class BpfLink implements AutoCloseable {
    private final Pointer link;
    private boolean closed;

    BpfLink(Pointer link) {
        this.link = link;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Library.checked(Library.LIBBPF.bpf_link__destroy(link), "bpf_link__destroy");
        }
    }
}
