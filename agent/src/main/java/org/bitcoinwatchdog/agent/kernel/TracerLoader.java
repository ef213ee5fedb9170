package org.bitcoinwatchdog.agent.kernel;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Loads the programs into the kernel. A program that the kernel refuses is left out by name, and the others work. */
final class TracerLoader {
    private final byte[] elf;

    /** @param elf bpf/'s tracer.bpf.o */
    TracerLoader(byte[] elf) {
        this.elf = elf;
    }

    /**
     * @param object     loaded, with the programs of all tracepoints that are not refused
     * @param refused    why the kernel refused each of the other programs
     * @param attachment how the programs can be attached
     */
    record Loaded(BpfObject object, Map<Tracepoint, String> refused, Attachment attachment) {
    }

    /**
     * Loads for the best attachment that this kernel supports.
     *
     * @param places number of sites to which the programs will be attached
     * @throws KernelException if no program can be loaded, or the maps can't be made
     */
    Loaded load(Set<Tracepoint> tracepoints, int ringBufferBytes, int places) {
        return load(tracepoints, ringBufferBytes, places, best(tracepoints));
    }

    /** Tries it with one program, a small one if possible, because the verifier takes long for each. */
    private Attachment best(Set<Tracepoint> tracepoints) {
        for (Tracepoint tracepoint : new TreeSet<>(tracepoints).descendingSet()) {
            try (BpfObject object = object(EnumSet.of(tracepoint), Mapping.pageBytes(), 1, Attachment.UPROBE_MULTI)) {
                return UprobeMultiLink.known(object.program(tracepoint)) ? Attachment.UPROBE_MULTI : Attachment.PERF_EVENTS;
            } catch (KernelException e) {
                // The kernel refuses this program, the attach type or every program. Loading for perf events shows which.
            }
        }
        return Attachment.PERF_EVENTS;
    }

    Loaded load(Set<Tracepoint> tracepoints, int ringBufferBytes, int places, Attachment attachment) {
        try {
            return new Loaded(object(tracepoints, ringBufferBytes, places, attachment), Map.of(), attachment);
        } catch (KernelException e) {
            Map<Tracepoint, String> refused = refused(tracepoints, attachment);
            if (refused.isEmpty() || refused.size() == tracepoints.size()) {
                throw e;
            }
            Set<Tracepoint> rest = new TreeSet<>(tracepoints);
            rest.removeAll(refused.keySet());
            return new Loaded(object(rest, ringBufferBytes, places, attachment), refused, attachment);
        }
    }

    /** libbpf stops at the first refused program, so each is tried alone. */
    private Map<Tracepoint, String> refused(Set<Tracepoint> tracepoints, Attachment attachment) {
        Map<Tracepoint, String> refused = new EnumMap<>(Tracepoint.class);
        for (Tracepoint tracepoint : tracepoints) {
            try {
                object(EnumSet.of(tracepoint), Mapping.pageBytes(), 1, attachment).close();
            } catch (KernelException e) {
                refused.put(tracepoint, "the kernel refuses its program: " + e.verdict());
            }
        }
        return refused;
    }

    private BpfObject object(Set<Tracepoint> tracepoints, int ringBufferBytes, int places, Attachment attachment) {
        BpfObject object = BpfObject.open(elf);
        try (Handles opened = new Handles()) {
            opened.add(object::close);
            object.loadOnly(tracepoints.stream().map(Tracepoint::program).collect(Collectors.toSet()), attachment);
            object.setMaxEntries(TracerObject.RECORDS, ringBufferBytes);
            object.setMaxEntries(TracerObject.PLACES, Math.max(1, places));
            object.load();
            opened.release();
            return object;
        }
    }
}
