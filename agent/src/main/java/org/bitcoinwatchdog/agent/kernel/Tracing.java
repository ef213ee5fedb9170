package org.bitcoinwatchdog.agent.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One traced process: its own BPF object, ring buffer and counters, and a link for each tracepoint that could be
 * attached. What could not is known by name and reason. For one thread.
 */
public final class Tracing implements AutoCloseable {
    private final BpfObject object;
    private final RingBuffer records;
    private final KernelCounters counters;
    private final List<BpfLink> links = new ArrayList<>();
    private final Map<Tracepoint, TracepointState> states = new EnumMap<>(Tracepoint.class);

    private Tracing(BpfObject object, RingBuffer records, KernelCounters counters) {
        this.object = object;
        this.records = records;
        this.counters = counters;
    }

    /**
     * Loads the programs for the chosen tracepoints that the executable has, and attaches them.
     *
     * @param executable      the file that the process runs, best by {@code /proc/PID/exe}, which is right for
     *                        containers and for files that were replaced too
     * @param ringBufferBytes a power of two, at least a page
     * @throws IOException     where the executable can't be read
     * @throws KernelException where this process may not trace, or the kernel refuses the programs; a tracepoint that
     *                         alone can't be attached is no such case
     */
    public static Tracing attach(int pid, Path executable, Set<Tracepoint> chosen, int ringBufferBytes)
            throws IOException {
        Set<String> present = ElfNotes.read(executable).stream().map(UsdtNote::fullName).collect(Collectors.toSet());
        Set<Tracepoint> attachable = new TreeSet<>(chosen);
        attachable.removeIf(tracepoint -> !present.contains(tracepoint.fullName()));
        Tracing tracing = load(attachable, ringBufferBytes);
        for (Tracepoint tracepoint : chosen) {
            tracing.states.put(tracepoint, attachable.contains(tracepoint)
                    ? tracing.attach(tracepoint, pid, executable)
                    : TracepointState.leftOut(tracepoint, "the executable does not have it"));
        }
        return tracing;
    }

    /** @throws KernelException with the reason where this process may not load BPF programs */
    public static void check() {
        libbpfVersion();
        load(Set.of(Tracepoint.NET_INBOUND_MESSAGE), Mapping.pageBytes()).close();
    }

    /**
     * The version of the installed libbpf: {@code v1.1}.
     *
     * @throws KernelException where there is none
     */
    public static String libbpfVersion() {
        try {
            return Library.LIBBPF.libbpf_version_string();
        } catch (ExceptionInInitializerError e) {
            if (e.getCause() instanceof KernelException missing) {
                throw missing;
            }
            throw e;
        }
    }

    /** The chosen tracepoints in the table's order, attached or not. */
    public Collection<TracepointState> states() {
        return List.copyOf(states.values());
    }

    /** Hands over what was captured since the last call. The number of records. */
    public int drain(RecordConsumer consumer) {
        return records.drain(consumer);
    }

    public TracepointCount count(Tracepoint tracepoint) {
        return counters.read(tracepoint);
    }

    /**
     * Detaches one more tracepoint; false where none is attached any more. What was captured can still be drained and
     * counted. The kernel waits for all CPUs each time, about 0.1 s, so a live process is drained in between.
     */
    public boolean detachNext() {
        if (links.isEmpty()) {
            return false;
        }
        links.remove(links.size() - 1).close();
        return true;
    }

    @Override
    public void close() {
        while (detachNext()) {
            continue;
        }
        records.close();
        object.close();
    }

    private static Tracing load(Set<Tracepoint> tracepoints, int ringBufferBytes) {
        BpfObject object = BpfObject.open(TracerObject.elf());
        try {
            object.loadOnly(tracepoints.stream().map(Tracepoint::program).collect(Collectors.toSet()));
            object.setMaxEntries(TracerObject.RECORDS, ringBufferBytes);
            object.load();
            RingBuffer records = RingBuffer.map(object.mapFd(TracerObject.RECORDS), ringBufferBytes);
            return new Tracing(object, records, KernelCounters.of(object, TracerObject.COUNTERS));
        } catch (KernelException e) {
            object.close();
            throw e;
        }
    }

    private TracepointState attach(Tracepoint tracepoint, int pid, Path executable) {
        try {
            links.add(object.attach(tracepoint, pid, executable.toString()));
            return TracepointState.attached(tracepoint);
        } catch (KernelException e) {
            return TracepointState.leftOut(tracepoint, e.reason());
        }
    }
}
