/* SPDX-License-Identifier: MIT */
#include "player/addresses.h"

#include "player/arena.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BUCKETS 65536

struct address {
    struct address *next;
    int node;
    const char *text, *connection_type;
};

static uint64_t hash(uint64_t seed, const char *text)
{
    for (; *text; text++)
        seed = (seed ^ (unsigned char)*text) * 0x100000001b3; /* FNV-1a */
    return seed;
}

const char *address_at_its_place(int node, const char *text, const char *connection_type)
{
    static struct address *buckets[BUCKETS];
    uint64_t mixed = hash(hash(0xcbf29ce484222325 ^ (uint64_t)node, text), connection_type);
    struct address **bucket = &buckets[(mixed ^ mixed >> 32) % BUCKETS];
    for (struct address *known = *bucket; known; known = known->next)
        if (known->node == node && strcmp(known->text, text) == 0 && strcmp(known->connection_type, connection_type) == 0)
            return known->text;
    struct address *added = arena_take(sizeof(*added));
    *added = (struct address){.next = *bucket, .node = node, .text = text, .connection_type = connection_type};
    *bucket = added;
    return text;
}
