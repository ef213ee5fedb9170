package org.bitcoinwatchdog.agent.kernel;

import static org.bitcoinwatchdog.agent.kernel.Library.LIBBPF;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The map {@code counters}: {@code struct tracepoint_counters} for each tracepoint, in some kernels once for each CPU.
 */
public final class KernelCounters {
    /**
     * The kernel's count of a tracepoint's calls since it was attached.
     *
     * @param captured calls with a record in the ring buffer
     * @param dropped  calls without room in the ring buffer
     */
    public record TracepointCount(long captured, long dropped) {
        public static final TracepointCount NONE = new TracepointCount(0, 0);

        public long fired() {
            return captured + dropped;
        }
    }

    private static final int BPF_MAP_TYPE_PERCPU_ARRAY = 6;
    private static final int CPU_BYTES = 16;

    private final int fd;
    private final int copies;

    private KernelCounters(int fd, int copies) {
        this.fd = fd;
        this.copies = copies;
    }

    static KernelCounters of(BpfObject object, String map) {
        int copies = object.mapType(map) == BPF_MAP_TYPE_PERCPU_ARRAY
                ? Library.checked(LIBBPF.libbpf_num_possible_cpus(), "libbpf_num_possible_cpus")
                : 1;
        return new KernelCounters(object.mapFd(map), copies);
    }

    public TracepointCount read(Tracepoint tracepoint) {
        byte[] key = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(tracepoint.number()).array();
        byte[] value = new byte[copies * CPU_BYTES];
        Library.checkedErrno(LIBBPF.bpf_map_lookup_elem(fd, key, value), "bpf_map_lookup_elem");
        ByteBuffer counters = ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
        long captured = 0;
        long dropped = 0;
        while (counters.hasRemaining()) {
            captured += counters.getLong();
            dropped += counters.getLong();
        }
        return new TracepointCount(captured, dropped);
    }
}
