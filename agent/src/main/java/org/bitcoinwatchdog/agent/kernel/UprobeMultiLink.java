package org.bitcoinwatchdog.agent.kernel;

import static org.bitcoinwatchdog.agent.kernel.Library.LIBBPF;
import static org.bitcoinwatchdog.agent.kernel.Library.LIBC;

import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import org.bitcoinwatchdog.agent.kernel.ProbeSites.ProbeSite;

/** A uprobe-multi link, made by bpf(2) with BPF_LINK_CREATE, because libbpf supports it only from 1.3 on. */
final class UprobeMultiLink {
    /** From here on: include/uapi/linux/bpf.h. */
    static final int BPF_TRACE_UPROBE_MULTI = 48;
    private static final int BPF_LINK_CREATE = 28;
    private static final int ATTRIBUTES_BYTES = 64;
    private static final int EVERY_PROCESS = 0;
    private static final int NO_PROCESS = -1;
    private static final int EBADF = 9;
    private static final int EINVAL = 22;

    private UprobeMultiLink() {
    }

    /**
     * Whether this kernel has such links and they work. Before Linux 6.10 and without its fix, they take a process id
     * for a thread id. The test attaches to a directory, which always fails. The error shows whether the link type is
     * known.
     */
    static boolean known(Pointer program) {
        return failure(program, EVERY_PROCESS) == EBADF && failure(program, NO_PROCESS) == EINVAL;
    }

    static BpfLink of(Pointer program, int pid, String executable, List<ProbeSite> places) {
        int fd = create(program, Math.max(pid, EVERY_PROCESS), executable, places);
        return BpfLink.of(Library.checkedErrno(fd, "bpf(BPF_LINK_CREATE)"));
    }

    private static int failure(Pointer program, int pid) {
        int fd = create(program, pid, "/", List.of(new ProbeSite(0, 0, 0, List.of())));
        if (fd >= 0) {
            BpfLink.of(fd).close();
            return 0;
        }
        return Library.errno();
    }

    /** One piece of memory: the attributes, then the arrays and the path that they point to. */
    private static int create(Pointer program, int pid, String executable, List<ProbeSite> places) {
        int array = places.size() * Long.BYTES;
        byte[] name = (executable + '\0').getBytes(StandardCharsets.UTF_8);
        Pointer memory = Memory.allocateDirect(Library.RUNTIME, ATTRIBUTES_BYTES + 3 * array + name.length, true);
        int offsets = ATTRIBUTES_BYTES;
        int semaphores = offsets + array;
        int cookies = semaphores + array;
        int path = cookies + array;
        for (int i = 0; i < places.size(); i++) {
            memory.putLong(offsets + (long) i * Long.BYTES, places.get(i).offset());
            memory.putLong(semaphores + (long) i * Long.BYTES, places.get(i).semaphore());
            memory.putLong(cookies + (long) i * Long.BYTES, places.get(i).number());
        }
        memory.put(path, name, 0, name.length);
        memory.putInt(0, LIBBPF.bpf_program__fd(program));
        memory.putInt(8, BPF_TRACE_UPROBE_MULTI);
        memory.putLong(16, memory.address() + path);
        memory.putLong(24, memory.address() + offsets);
        memory.putLong(32, memory.address() + semaphores);
        memory.putLong(40, memory.address() + cookies);
        memory.putInt(48, places.size());
        memory.putInt(56, pid);
        try {
            return LIBC.syscall(Architecture.here().bpfSystemCall(), BPF_LINK_CREATE, memory, ATTRIBUTES_BYTES);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }
}
