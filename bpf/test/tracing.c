/* SPDX-License-Identifier: MIT */
#include "test/tracing.h"

#include "player/probes.h"
#include "test/places.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From include/uapi/linux/bpf.h of Linux 6.6. The installed header may be older. */
#define UPROBE_MULTI 48

struct uprobe_multi_link {
    uint32_t program, target, attach_type, flags;
    uint64_t path, offsets, semaphores, cookies;
    uint32_t count, multi_flags, pid, reserved;
};

/* Kernels before 6.10 with such links compare the process id with thread ids. Fixed kernels refuse -1 as invalid. */
static bool has_uprobe_multi(struct bpf_object *object)
{
    uint64_t offset = 0;
    struct uprobe_multi_link link = {
        .program = bpf_program__fd(bpf_object__next_program(object, NULL)), .attach_type = UPROBE_MULTI,
        .path = (uint64_t)"/", .offsets = (uint64_t)&offset, .count = 1,
    };
    bool known = syscall(SYS_bpf, BPF_LINK_CREATE, &link, sizeof(link)) < 0 && errno == EBADF;
    link.pid = -1;
    return known && syscall(SYS_bpf, BPF_LINK_CREATE, &link, sizeof(link)) < 0 && errno == EINVAL;
}

const char *tracing_obstacle(void)
{
    int map = bpf_map_create(BPF_MAP_TYPE_ARRAY, "probe", sizeof(uint32_t), sizeof(uint64_t), 1, NULL);
    if (map < 0)
        return errno == EPERM ? "the kernel does not allow BPF for this process (it needs root, or CAP_BPF and CAP_PERFMON)" : strerror(errno);
    close(map);
    if (access("/sys/bus/event_source/devices/uprobe/type", R_OK))
        return "the kernel has no uprobes";
    return NULL;
}

static bool map_ring(struct tracing *tracing)
{
    size_t page = sysconf(_SC_PAGESIZE);
    void *consumer = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, tracing->records, 0);
    void *producer = mmap(NULL, page + 2 * tracing->ring_bytes, PROT_READ, MAP_SHARED, tracing->records, page);
    if (consumer == MAP_FAILED || producer == MAP_FAILED)
        return false;
    tracing->consumer = consumer;
    tracing->producer = producer;
    tracing->data = (const unsigned char *)producer + page;
    return true;
}

/* Chooses the way of attaching: kernels from 6.6 refuse a program that was loaded for the other way. */
static int load_for(struct tracing *tracing, const char *path, size_t ring_bytes, int attach_type)
{
    tracing->object = bpf_object__open_file(path, NULL);
    if (!tracing->object)
        return -errno;
    struct bpf_map *records = bpf_object__find_map_by_name(tracing->object, "records");
    if (records)
        bpf_map__set_max_entries(records, ring_bytes);
    struct bpf_program *program;
    bpf_object__for_each_program(program, tracing->object)
        bpf_program__set_expected_attach_type(program, attach_type);
    return bpf_object__load(tracing->object);
}

bool tracing_load(struct tracing *tracing, const char *path, size_t ring_bytes)
{
    *tracing = (struct tracing){.ring_bytes = ring_bytes};
    int error = 0;
    if (!getenv("WATCHDOG_PERF_EVENTS"))
        tracing->multi = !load_for(tracing, path, ring_bytes, UPROBE_MULTI) && has_uprobe_multi(tracing->object);
    if (!tracing->multi) {
        bpf_object__close(tracing->object);
        error = load_for(tracing, path, ring_bytes, 0);
    }
    if (!error) {
        tracing->places = bpf_object__find_map_fd_by_name(tracing->object, "places");
        tracing->records = bpf_object__find_map_fd_by_name(tracing->object, "records");
        tracing->counters = bpf_object__find_map_fd_by_name(tracing->object, "counters");
    }
    if (error || (tracing->records >= 0 && !map_ring(tracing))) {
        fprintf(stderr, "%s: %s\n", path, strerror(error ? -error : errno));
        tracing_close(tracing);
        return false;
    }
    return true;
}

static bool attach(struct tracing *tracing, struct bpf_program *program, const struct place *place, uint32_t number,
                   const char *executable, pid_t pid)
{
    uint64_t cookie = number;
    if (!tracing->multi) {
        LIBBPF_OPTS(bpf_uprobe_opts, options, .ref_ctr_offset = place->semaphore, .bpf_cookie = cookie);
        return (tracing->perf_links[number] = bpf_program__attach_uprobe_opts(program, pid, executable, place->offset, &options));
    }
    struct uprobe_multi_link link = {
        .program = bpf_program__fd(program), .attach_type = UPROBE_MULTI, .path = (uint64_t)executable,
        .offsets = (uint64_t)&place->offset, .semaphores = (uint64_t)&place->semaphore, .cookies = (uint64_t)&cookie,
        .count = 1, .pid = pid < 0 ? 0 : pid,
    };
    return (tracing->links[number] = syscall(SYS_bpf, BPF_LINK_CREATE, &link, sizeof(link))) >= 0;
}

bool tracing_attach(struct tracing *tracing, enum tracepoint tracepoint, const char *name, const char *executable,
                    pid_t pid)
{
    struct bpf_program *program = bpf_object__find_program_by_name(tracing->object, name);
    struct place places[8];
    size_t count = program ? places_of(executable, probes[tracepoint].name, places, 8) : 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t number = tracing->link_count++;
        if (number == MOST_LINKS
            || (tracing->places >= 0 && bpf_map_update_elem(tracing->places, &number, &places[i].operands, BPF_ANY))
            || !attach(tracing, program, &places[i], number, executable, pid))
            return false;
    }
    return count > 0;
}

bool tracing_attach_used(struct tracing *tracing, const uint64_t *calls, const char *executable, pid_t pid)
{
    bool attached = true;
    for (int i = 1; i < TRACEPOINTS; i++) {
        char program[64];
        snprintf(program, sizeof(program), "on_%s", strchr(probes[i].name, ':') + 1);
        attached &= calls[i] == 0 || tracing_attach(tracing, i, program, executable, pid);
    }
    return attached;
}

size_t tracing_drain(struct tracing *tracing, record_reader *reader, void *context)
{
    size_t count = 0;
    uint64_t position = *tracing->consumer;
    uint64_t end = __atomic_load_n(tracing->producer, __ATOMIC_ACQUIRE);
    while (position < end) {
        const unsigned char *entry = tracing->data + (position & (tracing->ring_bytes - 1));
        uint32_t length = __atomic_load_n((const uint32_t *)entry, __ATOMIC_ACQUIRE);
        if (length & BPF_RINGBUF_BUSY_BIT)
            break;
        bool discarded = length & BPF_RINGBUF_DISCARD_BIT;
        length &= ~BPF_RINGBUF_DISCARD_BIT;
        if (!discarded) {
            reader(context, (const struct record_header *)(entry + BPF_RINGBUF_HDR_SZ), length);
            count++;
        }
        position += (length + BPF_RINGBUF_HDR_SZ + 7) & ~7u;
        __atomic_store_n(tracing->consumer, position, __ATOMIC_RELEASE);
    }
    return count;
}

void tracing_discard(struct tracing *tracing)
{
    __atomic_store_n(tracing->consumer, __atomic_load_n(tracing->producer, __ATOMIC_ACQUIRE), __ATOMIC_RELEASE);
}

struct tracepoint_counters tracing_counters(const struct tracing *tracing, enum tracepoint tracepoint)
{
    uint32_t key = tracepoint;
    struct tracepoint_counters counters = {0};
    bpf_map_lookup_elem(tracing->counters, &key, &counters);
    return counters;
}

void tracing_close(struct tracing *tracing)
{
    for (unsigned i = 0; i < tracing->link_count; i++)
        if (tracing->multi)
            close(tracing->links[i]);
        else
            bpf_link__destroy(tracing->perf_links[i]);
    if (tracing->consumer) {
        size_t page = sysconf(_SC_PAGESIZE);
        munmap((void *)tracing->consumer, page);
        munmap((void *)tracing->producer, page + 2 * tracing->ring_bytes);
    }
    bpf_object__close(tracing->object);
    *tracing = (struct tracing){0};
}
