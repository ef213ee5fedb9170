package org.bitcoinwatchdog.agent.kernel;

import java.util.List;
import jnr.ffi.Pointer;

/** Runs a program at all sites of a tracepoint until it is closed. Closing waits for all CPUs, up to 0.1 s. */
interface BpfLink extends AutoCloseable {
    @Override
    void close();

    /** A link that is a file descriptor. */
    static BpfLink of(int fd) {
        return () -> Library.checkedErrno(Library.LIBC.close(fd), "close");
    }

    /** One {@code struct bpf_link} for each site. */
    static BpfLink of(List<Pointer> links) {
        Handles handles = new Handles();
        links.forEach(link -> handles.add(
                () -> Library.checked(Library.LIBBPF.bpf_link__destroy(link), "bpf_link__destroy")));
        return handles::close;
    }
}
