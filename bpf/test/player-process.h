/* SPDX-License-Identifier: MIT
 *
 * Runs tracepoint-player as a child process.
 */
#ifndef TEST_PLAYER_PROCESS_H
#define TEST_PLAYER_PROCESS_H

#include <stdbool.h>
#include <sys/resource.h>
#include <sys/types.h>

/* Starts it with these arguments, NULL at the end, and returns once the child is the player. Its output is discarded. */
pid_t player_start(const char *player, const char *const *arguments);

/* True once it has ended, with its exit status and the resources that it used. */
bool player_ended(pid_t pid, int *status, struct rusage *usage);

#endif
