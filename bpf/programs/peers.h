/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * What the messages of one peer have in common: its address and the type of its connection. Each string costs a read from
 * the process, so they are read once for each peer and found again in a map.
 *
 * A peer is known by its process, its number, and where its address lies in memory: bitcoind never gives a number twice,
 * and holds the address as a constant as long as the connection lives. Nothing is deleted, the peers that fell silent are
 * pushed out.
 */
#ifndef WATCHDOG_PEERS_H
#define WATCHDOG_PEERS_H

#include "programs/arguments.h"

struct peer_key {
    __u64 peer_id;
    __u64 address;
    __u64 process;
};

struct peer {
    struct peer_key key;
    __u64 flags;
    char connection_type[CONNECTION_TYPE_BYTES];
    char address[ADDRESS_BYTES];
};

struct {
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __uint(max_entries, 4096);
    __type(key, struct peer_key);
    __type(value, struct peer);
} peers SEC(".maps");

/* The peer of a call with these arguments: from the map, or else as read into `fresh`. */
static __always_inline const struct peer *identify(struct call *call, struct peer *fresh, const struct peer_key *key,
                                                   __u64 connection_type)
{
    const struct peer *known = bpf_map_lookup_elem(&peers, key);
    if (known)
        return known;
    __u16 earlier = call->flags;
    call->flags = 0;
    __builtin_memset(fresh, 0, sizeof(*fresh));
    fresh->key = *key;
    read_string(call, fresh->address, sizeof(fresh->address), key->address);
    read_string(call, fresh->connection_type, sizeof(fresh->connection_type), connection_type);
    fresh->flags = call->flags;
    call->flags = earlier;
    if (!(fresh->flags & RECORD_READ_FAILED))
        bpf_map_update_elem(&peers, key, fresh, BPF_ANY);
    return fresh;
}

/* Is the entry, of which a copy was just taken, still this peer's? One that is pushed out is written over at once, its key
 * first; so a copy that holds anything of its successor is found out by a look at the key afterwards. */
static __always_inline bool still(const struct peer *peer, const struct peer_key *key)
{
    barrier();
    return peer->key.peer_id == key->peer_id && peer->key.address == key->address && peer->key.process == key->process;
}

#endif
