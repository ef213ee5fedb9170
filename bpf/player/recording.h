/* SPDX-License-Identifier: MIT
 *
 * A recording in memory: the calls of some nodes' tracepoints, in the order of the file.
 */
#ifndef PLAYER_RECORDING_H
#define PLAYER_RECORDING_H

#include "player/probes.h"

#include <stddef.h>

/* A payload is held to this many bytes and padded with zeroes to the smaller of this and its size argument: more than any
 * program captures, so that what it reads is always there. */
#define PAYLOAD_HELD_BYTES (PAYLOAD_CAP_ADDRESSES + 4096)

#define NODE_NAME_BYTES 256
#define STRING_ARGUMENT_BYTES 4096

struct call {
    int64_t time_ns;
    uint16_t node;
    uint16_t tracepoint;
    union value arguments[MOST_ARGUMENTS];
};

struct recording {
    struct call *calls;
    size_t count, room;
    char **nodes; /* names; a call's `node` is an index */
    size_t node_count, node_room;
    size_t broken_lines;
};

/* A new call at the end, all zero. */
struct call *recording_add(struct recording *recording);

/* The index of the node of this name, which is added if new; -1 where there are too many. */
int recording_node(struct recording *recording, const char *name);

/* Adds the calls of a file (JSON lines, plain or gzip; "-" is the standard input), of one node only if `node` is given.
 * A broken line is told on stderr, counted, and skipped; so is what follows in a file that can't be read to its end.
 * False where the file can't be opened. */
bool recording_load(struct recording *recording, const char *path, const char *node);

#endif
