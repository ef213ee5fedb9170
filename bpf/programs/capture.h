/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * Every program reserves a record, stamps it, submits it, and counts it. A fired program counts exactly once, as captured or
 * as dropped.
 */
#ifndef WATCHDOG_CAPTURE_H
#define WATCHDOG_CAPTURE_H

#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <stdbool.h>

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "record.h"

/* One ring buffer for all tracepoints, so that a node's records keep their order. The loader may resize it. */
struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 32 * 1024 * 1024);
} records SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, TRACEPOINTS);
    __type(key, __u32);
    __type(value, struct tracepoint_counters);
} counters SEC(".maps");

/* Atomic: threads of the node fire on several CPUs, and preempt one another on the same CPU. */
static __always_inline void count_captured(enum tracepoint tracepoint)
{
    __u32 key = tracepoint;
    struct tracepoint_counters *counter = bpf_map_lookup_elem(&counters, &key);
    if (counter)
        __sync_fetch_and_add(&counter->captured, 1);
}

static __always_inline void count_dropped(enum tracepoint tracepoint)
{
    __u32 key = tracepoint;
    struct tracepoint_counters *counter = bpf_map_lookup_elem(&counters, &key);
    if (counter)
        __sync_fetch_and_add(&counter->dropped, 1);
}

/* A stamped record of `bytes` (a constant), not zeroed. NULL, and counted as dropped, if the ring buffer has no space. */
static __always_inline void *reserve(enum tracepoint tracepoint, __u64 bytes)
{
    struct record_header *header = bpf_ringbuf_reserve(&records, bytes, 0);
    if (!header) {
        count_dropped(tracepoint);
        return NULL;
    }
    header->boot_ns = bpf_ktime_get_boot_ns();
    header->tracepoint = tracepoint;
    header->flags = 0;
    header->payload_bytes = 0;
    return header;
}

/* No wake-up, because it costs more than the record. The reader drains on a timer. */
static __always_inline int submit(struct record_header *header, enum tracepoint tracepoint, __u16 flags)
{
    header->flags = flags;
    bpf_ringbuf_submit(header, BPF_RB_NO_WAKEUP);
    count_captured(tracepoint);
    return 0;
}

#endif
