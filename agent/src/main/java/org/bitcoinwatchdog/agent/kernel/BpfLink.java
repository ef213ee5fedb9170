package org.bitcoinwatchdog.agent.kernel;

import java.util.List;
import jnr.ffi.Pointer;

/** A program that runs at all places of a tracepoint until this is closed, which waits for all CPUs, up to 0.1 s. */
interface BpfLink extends AutoCloseable {
    @Override
    void close();

    /** A link that is a file descriptor. */
    static BpfLink of(int fd) {
        return () -> Library.checkedErrno(Library.LIBC.close(fd), "close");
    }

    /** One {@code struct bpf_link} a place. */
    static BpfLink of(List<Pointer> links) {
        Handles handles = new Handles();
        links.forEach(link -> handles.add(
                () -> Library.checked(Library.LIBBPF.bpf_link__destroy(link), "bpf_link__destroy")));
        return handles::close;
    }
}
