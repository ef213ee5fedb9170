/* SPDX-License-Identifier: MIT
 *
 * The addresses of peers as bitcoind holds them: one string for each connection, at one place as long as it lives, which
 * tracers may rely on.
 */
#ifndef PLAYER_ADDRESSES_H
#define PLAYER_ADDRESSES_H

/* The same place for the same address, connection type, and node; another for any other. Neither may be NULL. */
const char *address_at_its_place(int node, const char *address, const char *connection_type);

#endif
