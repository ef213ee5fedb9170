/* SPDX-License-Identifier: MIT */
#include "player/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES (1 << 20)

static char *chunk;
static size_t chunk_left;

static void *checked(void *memory)
{
    if (!memory) {
        fprintf(stderr, "tracepoint-player: out of memory\n");
        exit(1);
    }
    return memory;
}

void *arena_take(size_t bytes)
{
    bytes = (bytes + 7) & ~(size_t)7;
    if (bytes > CHUNK_BYTES / 8)
        return memset(checked(malloc(bytes)), 0, bytes);
    if (bytes > chunk_left) {
        chunk = memset(checked(malloc(CHUNK_BYTES)), 0, CHUNK_BYTES);
        chunk_left = CHUNK_BYTES;
    }
    void *taken = chunk;
    chunk += bytes;
    chunk_left -= bytes;
    return taken;
}

void *array_grow(void *array, size_t count, size_t *room, size_t element_bytes)
{
    if (count < *room)
        return array;
    *room = *room ? *room * 2 : 64;
    return checked(reallocarray(array, *room, element_bytes));
}
