package org.bitcoinwatchdog.agent.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.bitcoinwatchdog.agent.kernel.KernelCounters.TracepointCount;
import org.bitcoinwatchdog.agent.kernel.ProbeSites.ProbeSite;

/**
 * One traced process: its own BPF object, ring buffer and counters, and a link for each tracepoint that could be
 * attached. For every other tracepoint it has the reason. Not thread-safe.
 */
public final class Tracing implements AutoCloseable {
    /** How often a detaching thread drains the ring buffer meanwhile. */
    private static final long LOOK_EVERY_NS = 5_000_000;

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
     * @param pid             below 0: every process that runs the executable
     * @param executable      the file that the process runs. {@code /proc/PID/exe} is also right for containers and
     *                        replaced files
     * @param ringBufferBytes a power of two, at least a page
     * @throws IOException     if the executable can't be read
     * @throws KernelException if this process may not trace. A single tracepoint that can't be attached does not throw
     */
    public static Tracing attach(int pid, Path executable, Set<Tracepoint> chosen, int ringBufferBytes)
            throws IOException {
        libbpfVersion();
        ProbeSites places = new ProbeSites(ElfNotes.read(executable), chosen);
        TracerLoader.Loaded loaded = new TracerLoader(TracerObject.elf())
                .load(places.tracepoints(), ringBufferBytes, places.all().size());
        return attach(loaded, places, pid, executable, chosen, ringBufferBytes);
    }

    static Tracing attach(TracerLoader.Loaded loaded, ProbeSites places, int pid, Path executable, Set<Tracepoint> chosen,
            int ringBufferBytes) {
        Tracing tracing = of(loaded.object(), ringBufferBytes);
        try (Handles opened = new Handles()) {
            opened.add(tracing::close);
            tracing.attach(loaded, places, pid, executable, chosen);
            opened.release();
            return tracing;
        }
    }

    /**
     * Tests whether this process may trace.
     *
     * @return the rights that tracing needs on this kernel
     * @throws KernelException if it may not, with the reason and the remedy
     */
    public static TracingNeeds check() {
        libbpfVersion();
        Set<Capability> held = Capability.held();
        try {
            TracerLoader.Loaded loaded = new TracerLoader(TracerObject.elf())
                    .load(Set.of(Tracepoint.NET_INBOUND_MESSAGE), Mapping.pageBytes(), 1);
            loaded.object().close();
            TracingNeeds needs = new TracingNeeds(loaded.attachment() == Attachment.UPROBE_MULTI);
            if (!needs.missing(held).isEmpty()) {
                throw KernelException.lacking(needs, held);
            }
            return needs;
        } catch (KernelException e) {
            throw explained(e, RunningKernel.here(), held);
        }
    }

    private static KernelException explained(KernelException failure, RunningKernel kernel, Set<Capability> held) {
        if (kernel.obstacle().isPresent()) {
            return new KernelException("tracing", failure.errno(), kernel.obstacle().get());
        }
        TracingNeeds expected = TracingNeeds.expected(kernel);
        return failure.notPermitted() && !expected.missing(held).isEmpty()
                ? KernelException.lacking(expected, held)
                : failure;
    }

    /**
     * The version of the installed libbpf: {@code v1.1}.
     *
     * @throws KernelException if libbpf is not installed
     */
    public static String libbpfVersion() {
        NativeCode.MISSING.ifPresent(reason -> {
            throw reason;
        });
        return Library.LIBBPF.libbpf_version_string();
    }

    /** A class that can't be initialized gives the reason only to the first caller, so the reason is kept here. */
    private static final class NativeCode {
        private static final Optional<KernelException> MISSING = missing();

        private static Optional<KernelException> missing() {
            try {
                Library.takeLog();
                return Optional.empty();
            } catch (ExceptionInInitializerError e) {
                if (e.getCause() instanceof KernelException reason) {
                    return Optional.of(reason);
                }
                throw e;
            }
        }
    }

    /** The chosen tracepoints in the table's order, attached or not. */
    public Collection<TracepointState> states() {
        return List.copyOf(states.values());
    }

    /** The captured records. They can be drained until this is closed. */
    public RingBuffer records() {
        return records;
    }

    public TracepointCount count(Tracepoint tracepoint) {
        return counters.read(tracepoint);
    }

    /**
     * Detaches from all tracepoints. Captured records can still be drained and counted.
     *
     * <p>For each link the kernel waits for all its CPUs, about 0.1 s, but it can do so for many links at a time. So
     * each link is closed by its own thread.
     *
     * @param meanwhile called repeatedly until all links are closed, because a live process goes on firing
     */
    public void detach(Runnable meanwhile) {
        List<BpfLink> closing = List.copyOf(links);
        links.clear();
        detach(closing, meanwhile);
    }

    /** Closes every link, even if closing another one or {@code meanwhile} fails. An interrupt waits until then. */
    static void detach(List<BpfLink> links, Runnable meanwhile) {
        List<FutureTask<Void>> closing =
                links.stream().map(link -> new FutureTask<Void>(link::close, null)).toList();
        try (Handles handles = new Handles()) {
            closing.forEach(task -> handles.add(() -> await(task)));
            closing.forEach(Tracing::runInThread);
            while (!closing.stream().allMatch(FutureTask::isDone)) {
                meanwhile.run();
                LockSupport.parkNanos(LOOK_EVERY_NS);
            }
        }
    }

    private static void runInThread(FutureTask<Void> task) {
        try {
            new Thread(task, "detach").start();
        } catch (OutOfMemoryError e) {
            task.run(); // no more threads are allowed: closing one by one takes longer
        }
    }

    private static void await(FutureTask<Void> closing) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    closing.get();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a link could not be closed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        try (Handles handles = new Handles()) {
            handles.add(object::close);
            handles.add(records::close);
            handles.add(() -> detach(() -> { }));
        }
    }

    private static Tracing of(BpfObject object, int ringBufferBytes) {
        try (Handles opened = new Handles()) {
            opened.add(object::close);
            RingBuffer records = RingBuffer.map(object.mapFd(TracerObject.RECORDS), ringBufferBytes);
            opened.add(records::close);
            Tracing tracing = new Tracing(object, records, KernelCounters.of(object, TracerObject.COUNTERS));
            opened.release();
            return tracing;
        }
    }

    private void attach(
            TracerLoader.Loaded loaded, ProbeSites places, int pid, Path executable, Set<Tracepoint> chosen) {
        places.all().forEach(place ->
                object.update(TracerObject.PLACES, place.number(), OperandLayout.bytes(place.operands())));
        for (Tracepoint tracepoint : chosen) {
            states.put(tracepoint, places.obstacle(tracepoint)
                    .or(() -> Optional.ofNullable(loaded.refused().get(tracepoint)))
                    .map(obstacle -> TracepointState.leftOut(tracepoint, obstacle))
                    .orElseGet(() -> attach(loaded.attachment(), tracepoint, pid, executable, places.of(tracepoint))));
        }
    }

    private TracepointState attach(
            Attachment attachment, Tracepoint tracepoint, int pid, Path executable, List<ProbeSite> places) {
        try {
            Library.takeLog();
            links.add(attachment.attach(object.program(tracepoint), pid, executable.toString(), places));
            return TracepointState.attached(tracepoint);
        } catch (KernelException e) {
            return TracepointState.leftOut(tracepoint, e.reason());
        }
    }
}
