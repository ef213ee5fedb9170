/* SPDX-License-Identifier: MIT
 *
 * A small tracer in C, for the tests and the benchmark: it loads the object, attaches it and reads records.
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
    int records, counters, places; /* file descriptors of the maps, below 0 if the object has no such map */
    size_t ring_bytes;
    volatile uint64_t *consumer, *producer; /* positions in bytes since the ring was made */
    const unsigned char *data;              /* mapped twice in a row, so that no record is torn */
};

/* Why this process can't trace on this machine. NULL if it can. */
const char *tracing_obstacle(void);

/* Loads the object with a ring buffer of this size (a power of two, in pages). False, with a message on
 * stderr, if it can't. Uses uprobe-multi links if the kernel has them, unless WATCHDOG_PERF_EVENTS is set. */
bool tracing_load(struct tracing *tracing, const char *object, size_t ring_bytes);

/* Attaches the program of this name to a tracepoint of the executable, in one process or, with pid -1, in all.
 * False if it can't. */
bool tracing_attach(struct tracing *tracing, enum tracepoint tracepoint, const char *program, const char *executable,
                    pid_t pid);

/* Attaches the program of each tracepoint whose number of calls is not 0; true if all are attached. */
bool tracing_attach_used(struct tracing *tracing, const uint64_t *calls, const char *executable, pid_t pid);

/* Reads all available records in order, then frees their space. Returns their number. */
typedef void record_reader(void *context, const struct record_header *record, size_t bytes);
size_t tracing_drain(struct tracing *tracing, record_reader *reader, void *context);

/* Frees the space of all available records without reading them. */
void tracing_discard(struct tracing *tracing);

struct tracepoint_counters tracing_counters(const struct tracing *tracing, enum tracepoint tracepoint);

void tracing_close(struct tracing *tracing);

#endif
