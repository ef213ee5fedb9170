package org.bitcoinwatchdog.agent.kernel;

import static org.bitcoinwatchdog.agent.kernel.Library.LIBBPF;
import static org.bitcoinwatchdog.agent.kernel.Library.checked;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jnr.ffi.Pointer;

/** {@code struct bpf_object}: the programs and maps of one ELF object, first opened, then loaded into the kernel. */
final class BpfObject implements AutoCloseable {
    private final Pointer object;
    private final Map<String, Pointer> programs = new HashMap<>();
    private boolean closed;

    private BpfObject(Pointer object) {
        this.object = object;
    }

    static BpfObject open(byte[] elf) {
        Library.takeLog();
        BpfObject opened = new BpfObject(checked(LIBBPF.bpf_object__open_mem(elf, elf.length, null), "bpf_object__open_mem"));
        Pointer program = null;
        while ((program = LIBBPF.bpf_object__next_program(opened.object, program)) != null) {
            opened.programs.put(LIBBPF.bpf_program__name(program), program);
        }
        return opened;
    }

    Set<String> programs() {
        return programs.keySet();
    }

    /** Keeps the other programs from being loaded. Call it before {@link #load}. */
    void loadOnly(Set<String> names, Attachment attachment) {
        programs.forEach((name, program) -> {
            checked(LIBBPF.bpf_program__set_autoload(program, names.contains(name)), "bpf_program__set_autoload");
            checked(LIBBPF.bpf_program__set_expected_attach_type(program, attachment.expectedAttachType()),
                    "bpf_program__set_expected_attach_type");
        });
    }

    /** @param entries for a ring buffer, its size in bytes */
    void setMaxEntries(String map, int entries) {
        checked(LIBBPF.bpf_map__set_max_entries(find(map), entries), "bpf_map__set_max_entries");
    }

    void load() {
        Library.takeLog();
        checked(LIBBPF.bpf_object__load(object), "bpf_object__load");
    }

    int mapFd(String map) {
        return checked(LIBBPF.bpf_map__fd(find(map)), "bpf_map__fd");
    }

    int mapType(String map) {
        return LIBBPF.bpf_map__type(find(map));
    }

    /** Valid while this is open. */
    Pointer program(Tracepoint tracepoint) {
        return programs.get(tracepoint.program());
    }

    void update(String map, int key, byte[] value) {
        byte[] keyBytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(key).array();
        Library.checkedErrno(LIBBPF.bpf_map_update_elem(mapFd(map), keyBytes, value, 0), "bpf_map_update_elem");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            LIBBPF.bpf_object__close(object);
        }
    }

    private Pointer find(String map) {
        return checked(LIBBPF.bpf_object__find_map_by_name(object, map), "bpf_object__find_map_by_name(" + map + ")");
    }
}
