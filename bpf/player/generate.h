/* SPDX-License-Identifier: MIT
 *
 * A load: messages in the mix, sizes and directions of a listening node on mainnet. Their payloads can be decoded.
 */
#ifndef PLAYER_GENERATE_H
#define PLAYER_GENERATE_H

#include "player/recording.h"

/* Calls of a node `mainnet`, evenly spaced, `rate` a second: as many as wanted, up to a number after which playback loops.
 * Each run makes the same calls. */
void generate_mainnet(struct recording *recording, double rate, uint64_t calls);

#endif
