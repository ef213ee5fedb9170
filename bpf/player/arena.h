/* SPDX-License-Identifier: MIT
 *
 * Memory that only grows and lives as long as the process. The process ends if no memory is left.
 */
#ifndef PLAYER_ARENA_H
#define PLAYER_ARENA_H

#include <stddef.h>

/* Zeroed by writing: a page that was never written to does not exist yet, and a BPF program can't read it. */
void *arena_take(size_t bytes);

/* An array of `count` elements with room for one more: grown by doubling, `*room` is updated. */
void *array_grow(void *array, size_t count, size_t *room, size_t element_bytes);

#endif
