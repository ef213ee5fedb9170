/* SPDX-License-Identifier: MIT */
#include "player/arena.h"

#include <stdio.h>
#include <stdlib.h>

#define CHUNK_BYTES (1 << 20)
#define SMALLEST_PAGE_BYTES 4096

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

/* The compiler turns malloc and memset into calloc, whose pages don't exist before they are written to. */
static void *zeroed(size_t bytes)
{
    char *memory = checked(calloc(bytes, 1));
    for (size_t i = 0; i < bytes; i += SMALLEST_PAGE_BYTES)
        ((volatile char *)memory)[i] = 0;
    if (bytes > 0)
        ((volatile char *)memory)[bytes - 1] = 0;
    return memory;
}

void *arena_take(size_t bytes)
{
    bytes = (bytes + 7) & ~(size_t)7;
    if (bytes > CHUNK_BYTES / 8)
        return zeroed(bytes);
    if (bytes > chunk_left) {
        chunk = zeroed(CHUNK_BYTES);
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
