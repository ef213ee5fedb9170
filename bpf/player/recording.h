/* SPDX-License-Identifier: MIT
 *
 * A recording in memory: the calls of some nodes' tracepoints, in the order of the file.
 */
#ifndef PLAYER_RECORDING_H
#define PLAYER_RECORDING_H

#include "player/probes.h"

#include <stddef.h>

/* A payload is cut to this many bytes, and padded with zeros to the smaller of this and its size argument. No program captures
 * more, so all bytes that it reads exist. */
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

/* The index of the node with this name, which is added if it is new. -1 if there are too many. */
int recording_node(struct recording *recording, const char *name);

/* Adds the calls of a file (JSON lines, plain or gzip; "-" is the standard input), of one node only if `node` is given.
 * A broken line is reported on stderr, counted, and skipped. The rest of an unreadable file counts as one.
 * False if the file can't be opened. */
bool recording_load(struct recording *recording, const char *path, const char *node);

#endif
