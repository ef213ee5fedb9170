package org.bitcoinwatchdog.agent.kernel;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.Delegate;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.types.size_t;

/**
 * The functions of libbpf.so.1 (1.0 or later) that the agent calls, under their C names. Public because jnr-ffi must
 * see it.
 */
public interface LibBpf {
    /** {@code libbpf_print_fn_t}. */
    interface Print {
        @Delegate
        int print(int level, Pointer format, Pointer arguments);
    }

    String libbpf_version_string();

    Pointer libbpf_set_print(Print print);

    Pointer bpf_object__open_mem(@In byte[] elf, @size_t long bytes, Pointer options);

    int bpf_object__load(Pointer object);

    void bpf_object__close(Pointer object);

    Pointer bpf_object__next_program(Pointer object, Pointer previous);

    Pointer bpf_object__find_map_by_name(Pointer object, String name);

    String bpf_program__name(Pointer program);

    int bpf_program__set_autoload(Pointer program, boolean autoload);

    int bpf_program__set_expected_attach_type(Pointer program, int type);

    int bpf_program__fd(Pointer program);

    Pointer bpf_program__attach_uprobe_opts(
            Pointer program, int pid, String binary, @size_t long offset, Pointer options);

    int bpf_link__destroy(Pointer link);

    int bpf_map__fd(Pointer map);

    int bpf_map__type(Pointer map);

    int bpf_map__set_max_entries(Pointer map, int entries);

    int bpf_map_update_elem(int mapFd, @In byte[] key, @In byte[] value, long flags);

    int bpf_map_lookup_elem(int mapFd, @In byte[] key, @Out byte[] value);

    int libbpf_num_possible_cpus();
}
