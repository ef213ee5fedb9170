/* SPDX-License-Identifier: MIT
 *
 * Fires a recording's calls through the probes.
 */
#ifndef PLAYER_PLAYBACK_H
#define PLAYER_PLAYBACK_H

#include "player/recording.h"

struct tally {
    uint64_t fired[TRACEPOINTS];        /* while a tracer was attached: what its programs see */
    uint64_t not_attached[TRACEPOINTS]; /* skipped, as in bitcoind while no tracer is attached */
};

/* SIGINT and SIGTERM end waiting and playing at the next call. */
void playback_stop_on_signals(void);

/* Waits until a tracer is attached to every tracepoint that the recording uses. False when stopped, or after
 * `seconds`, with the missing ones on stderr. */
bool playback_wait_attached(const struct recording *recording, double seconds);

/* Plays this many calls and starts again after the last one. `speed` times faster than recorded; 0: as fast as possible. */
void playback_run(const struct recording *recording, double speed, uint64_t calls, struct tally *tally);

/* Waits without calls, so that the traced process still exists. */
void playback_linger(double seconds);

/* Prints lines `tracepoint count` and `not-attached tracepoint count` for counts above 0. */
void tally_print(const struct tally *tally);

#endif
