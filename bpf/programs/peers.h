/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * The address and connection type of a peer, which all its messages share. Each string costs a read from the process, so they
 * are read once for each peer and kept.
 *
 * A peer is identified by its number and the memory location of its address. bitcoind never uses a number twice, and the
 * address stays constant while the connection lives. The peer is in the slot of its number, where a later peer replaces it.
 * bitcoind numbers its peers upwards, so a few hundred at a time rarely share a slot. A lookup in a hash map would be slower.
 */
#ifndef WATCHDOG_PEERS_H
#define WATCHDOG_PEERS_H

#include "programs/arguments.h"

#define PEERS 2048
#define CONNECTION_TYPE 2 /* the number of that argument */

struct peer {
    __u64 version; /* odd during a write to the slot */
    __u64 peer_id;
    __u64 address_at;
    __u64 flags;
    char connection_type[CONNECTION_TYPE_BYTES];
    char address[ADDRESS_BYTES];
};

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, PEERS);
    __type(key, __u32);
    __type(value, struct peer);
} peers SEC(".maps");

static __always_inline bool holds(const struct peer *peer, __u64 peer_id, __u64 address_at)
{
    return peer->version && !(peer->version & 1) && peer->peer_id == peer_id && peer->address_at == address_at;
}

/* Takes the slot, unless another thread is doing that. The flags of reading the strings are stored with them. */
static __always_inline int remember(struct call *call, struct peer *peer, __u64 peer_id, __u64 address_at)
{
    __u64 version = peer->version;
    if (version & 1 || !__sync_bool_compare_and_swap(&peer->version, version, version + 1))
        return 0;
    __u16 earlier = call->flags;
    call->flags = 0;
    read_string(call, peer->address, sizeof(peer->address), address_at);
    read_string(call, peer->connection_type, sizeof(peer->connection_type), argument(call, CONNECTION_TYPE));
    peer->flags = call->flags;
    peer->peer_id = peer_id;
    peer->address_at = call->flags & (RECORD_READ_FAILED | RECORD_ARGUMENT_FAILED) ? 0 : address_at; /* 0: a free slot */
    call->flags = earlier;
    __sync_fetch_and_add(&peer->version, 1);
    return 0;
}

#endif
