/* SPDX-License-Identifier: MIT
 *
 * The probes, with Bitcoin Core's providers, names, and argument types (its doc/tracing.md), each with a semaphore that
 * counts the tracers attached to it.
 */
#ifndef PLAYER_PROBES_H
#define PLAYER_PROBES_H

#include <stdbool.h>
#include <stdint.h>

#include "record.h"

#define MOST_ARGUMENTS 8

union value {
    int64_t number;
    const void *pointer;
};

struct probe {
    const char *name; /* net:inbound_message */
    /* A letter for each argument: l int64, u uint64, i int32, w uint32, b bool, s string, h hash of 32 bytes, p bytes whose
     * number is the argument before. */
    const char *signature;
    void (*fire)(const union value *arguments);
    const volatile unsigned short *semaphore;
};

/* Indexed by enum tracepoint. The first entry is unused. */
extern const struct probe probes[TRACEPOINTS];

/* 0 if no tracepoint has this name. */
enum tracepoint probe_named(const char *name);

static inline bool probe_attached(enum tracepoint tracepoint)
{
    return *probes[tracepoint].semaphore > 0;
}

#endif
