/* SPDX-License-Identifier: MIT
 *
 * The object in the running kernel, as a tracer written in C holds it: for the tests and the benchmark.
 */
#ifndef TEST_TRACING_H
#define TEST_TRACING_H

#include "record.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct bpf_link;
struct bpf_object;

#define MOST_LINKS 64

struct tracing {
    struct bpf_object *object;
    bool multi;            /* attached by uprobe-multi links; else by perf events */
    int links[MOST_LINKS]; /* file descriptors */
    struct bpf_link *perf_links[MOST_LINKS];
    unsigned link_count;
    int records, counters, places; /* file descriptors of the maps, below 0 where the object has none */
    size_t ring_bytes;
    volatile uint64_t *consumer, *producer; /* positions in bytes since the ring was made */
    const unsigned char *data;              /* mapped twice in a row, so that no record is torn */
};

/* Why tracing is impossible on this machine for this process; NULL where it is possible. */
const char *tracing_obstacle(void);

/* Loads the object with a ring buffer of this size (a power of two, in pages). False, told on stderr, where it can't.
 * To be attached by uprobe-multi links where the kernel has them, unless WATCHDOG_PERF_EVENTS is set. */
bool tracing_load(struct tracing *tracing, const char *object, size_t ring_bytes);

/* Attaches the program of this name to a tracepoint of the executable, in one process or, pid -1, in all; false where it
 * can't. */
bool tracing_attach(struct tracing *tracing, enum tracepoint tracepoint, const char *program, const char *executable,
                    pid_t pid);

/* Attaches the program of each tracepoint whose number of calls is not 0; true if all are attached. */
bool tracing_attach_used(struct tracing *tracing, const uint64_t *calls, const char *executable, pid_t pid);

/* Every record that is there, in order, then gives their space back. The number of them. */
typedef void record_reader(void *context, const struct record_header *record, size_t bytes);
size_t tracing_drain(struct tracing *tracing, record_reader *reader, void *context);

/* Gives the space of what is there back, unread. */
void tracing_discard(struct tracing *tracing);

struct tracepoint_counters tracing_counters(const struct tracing *tracing, enum tracepoint tracepoint);

void tracing_close(struct tracing *tracing);

#endif
