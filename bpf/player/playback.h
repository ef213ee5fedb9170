/* SPDX-License-Identifier: MIT
 *
 * Fires a recording's calls through the probes.
 */
#ifndef PLAYER_PLAYBACK_H
#define PLAYER_PLAYBACK_H

#include "player/recording.h"

struct tally {
    uint64_t fired[TRACEPOINTS];        /* while a tracer was attached: what its programs see */
    uint64_t not_attached[TRACEPOINTS]; /* passed over, as bitcoind does where nobody listens */
};

/* SIGINT and SIGTERM end waiting and playing at the next call. */
void playback_stop_on_signals(void);

/* Waits until a tracer is attached to every tracepoint that the recording uses. False after `seconds`, with the missing
 * ones told on stderr, or when stopped. */
bool playback_wait_attached(const struct recording *recording, double seconds);

/* Plays this many calls, from the first again after the last; `speed` times faster than recorded, 0 for as fast as
 * possible. */
void playback_run(const struct recording *recording, double speed, uint64_t calls, struct tally *tally);

/* Stays, silent, so that the process that was traced is still there. */
void playback_linger(double seconds);

/* Lines `tracepoint count`, and `not-attached tracepoint count`, of those that are not 0. */
void tally_print(const struct tally *tally);

#endif
