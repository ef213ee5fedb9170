/* SPDX-License-Identifier: MIT
 *
 * The addresses of peers as bitcoind stores them: one string for each connection, at one memory location while the connection
 * lives. Tracers may rely on this.
 */
#ifndef PLAYER_ADDRESSES_H
#define PLAYER_ADDRESSES_H

/* One location for each combination of address, connection type and node. Neither may be NULL. */
const char *address_at_its_place(int node, const char *address, const char *connection_type);

#endif
