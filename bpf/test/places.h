/* SPDX-License-Identifier: MIT
 *
 * The places of an executable that fire a tracepoint, for the tests and the benchmark. It reads only tracepoint-player, whose
 * operands are registers. The agent has its own reader for every kind of operand.
 */
#ifndef TEST_PLACES_H
#define TEST_PLACES_H

#include "operands.h"

#include <stdbool.h>
#include <stddef.h>

struct place {
    uint64_t offset, semaphore; /* in the file */
    struct operands operands;
};

/* The places of a tracepoint, `provider:name`, at most `most`. Returns their number. 0, with a message on stderr, if there are none. */
size_t places_of(const char *executable, const char *tracepoint, struct place *places, size_t most);

#endif
