/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * net:inbound_message and net:outbound_message: the peer, the message's type and true size, and its payload up to
 * the cap of its type.
 */
#ifndef WATCHDOG_MESSAGES_H
#define WATCHDOG_MESSAGES_H

#include "programs/peers.h"

/* A message type as two numbers: comparing two words replaces a loop over characters. */
union message_type {
    char text[MESSAGE_TYPE_BYTES];
    __u64 words[MESSAGE_TYPE_BYTES / 8];
};

#define WORD(a, b, c, d, e, f, g, h)                                                             \
    ((__u64)(a) | (__u64)(b) << 8 | (__u64)(c) << 16 | (__u64)(d) << 24 | (__u64)(e) << 32 |     \
     (__u64)(f) << 40 | (__u64)(g) << 48 | (__u64)(h) << 56)

static __always_inline __u32 payload_cap(const union message_type *type)
{
    __u64 rest = type->words[1] | type->words[2];
    switch (type->words[0]) {
    case WORD('a', 'd', 'd', 'r', 0, 0, 0, 0):
    case WORD('a', 'd', 'd', 'r', 'v', '2', 0, 0):
        return PAYLOAD_CAP_ADDRESSES;
    case WORD('i', 'n', 'v', 0, 0, 0, 0, 0):
    case WORD('g', 'e', 't', 'd', 'a', 't', 'a', 0):
    case WORD('b', 'l', 'o', 'c', 'k', 0, 0, 0):
    case WORD('h', 'e', 'a', 'd', 'e', 'r', 's', 0):
    case WORD('v', 'e', 'r', 's', 'i', 'o', 'n', 0):
        return PAYLOAD_CAP_LISTS;
    case WORD('n', 'o', 't', 'f', 'o', 'u', 'n', 'd'):
        return rest == 0 ? PAYLOAD_CAP_LISTS : PAYLOAD_CAP_SHORT;
    case WORD('c', 'm', 'p', 'c', 't', 'b', 'l', 'o'):
        return rest == WORD('c', 'k', 0, 0, 0, 0, 0, 0) ? PAYLOAD_CAP_LISTS : PAYLOAD_CAP_SHORT;
    case WORD('t', 'x', 0, 0, 0, 0, 0, 0):
        return PAYLOAD_CAP_TRANSACTION;
    default:
        return PAYLOAD_CAP_SHORT;
    }
}

struct message {
    enum tracepoint tracepoint;
    __u64 size, payload, peer_id, address;
    struct peer *peer; /* its slot, which another peer may have taken since */
    union message_type type;
};

/* Rare: several threads at once, or peers that share a slot. */
static __always_inline int read_strings(struct call *call, struct message_record *record, __u64 address)
{
    read_string(call, record->address, sizeof(record->address), address);
    read_string(call, record->connection_type, sizeof(record->connection_type), argument(call, CONNECTION_TYPE));
    return 0;
}

/* Reads the slot. The version shows a concurrent write. */
static __always_inline void fill_in_peer(struct call *call, const struct message *message, struct message_record *record)
{
    const struct peer *peer = message->peer;
    __u64 version = peer->version;
    if (holds(peer, message->peer_id, message->address)) {
        __u16 flags = peer->flags;
        barrier();
        __builtin_memcpy(record->connection_type, peer->connection_type, sizeof(record->connection_type));
        __builtin_memcpy(record->address, peer->address, sizeof(record->address));
        barrier();
        if (peer->version == version) {
            call->flags |= flags;
            return;
        }
    }
    read_strings(call, record, message->address);
}

/* The ring buffer accepts only constant sizes, so each size class has its own copy of this. */
static __always_inline int capture_message(struct call *call, struct message *message, __u64 bytes, const __u32 room)
{
    struct message_record *record = reserve(message->tracepoint, sizeof(*record) + room);
    if (!record)
        return 0;
    record->peer_id = message->peer_id;
    record->size_bytes = message->size;
    fill_in_peer(call, message, record);
    __builtin_memcpy(record->message_type, message->type.text, sizeof(record->message_type));

    barrier_var(bytes); /* the verifier needs the bound next to the read */
    if (bytes > room)
        bytes = room;
    if (bytes) {
        if (bpf_probe_read_user(record->payload, bytes, (const void *)message->payload))
            call->flags |= RECORD_READ_FAILED;
        else
            record->header.payload_bytes = bytes;
    }
    return submit(&record->header, message->tracepoint, call->flags);
}

static __always_inline int on_message(struct pt_regs *ctx, enum tracepoint tracepoint)
{
    struct call call;
    begin(&call, ctx);
    struct message message;
    message.tracepoint = tracepoint;
    message.size = argument(&call, 4);
    message.payload = argument(&call, 5);
    message.peer_id = argument(&call, 0);
    message.address = argument(&call, 1);
    __u64 type = argument(&call, 3);

    __u32 slot = message.peer_id % PEERS;
    message.peer = bpf_map_lookup_elem(&peers, &slot);
    if (!message.peer)
        return 0; /* every number has a slot */
    if (!holds(message.peer, message.peer_id, message.address))
        remember(&call, message.peer, message.peer_id, message.address);
    __builtin_memset(&message.type, 0, sizeof(message.type));
    read_string(&call, message.type.text, sizeof(message.type.text), type);

    __u64 bytes = payload_cap(&message.type);
    if (bytes > message.size)
        bytes = message.size;
    if (bytes <= 64)
        return capture_message(&call, &message, bytes, 64);
    if (bytes <= 256)
        return capture_message(&call, &message, bytes, 256);
    if (bytes <= 512)
        return capture_message(&call, &message, bytes, 512);
    if (bytes <= 1024)
        return capture_message(&call, &message, bytes, 1024);
    if (bytes <= 2048)
        return capture_message(&call, &message, bytes, 2048);
    if (bytes <= 4096)
        return capture_message(&call, &message, bytes, 4096);
    if (bytes <= 16384)
        return capture_message(&call, &message, bytes, 16384);
    if (bytes <= 32768)
        return capture_message(&call, &message, bytes, 32768);
    return capture_message(&call, &message, bytes, 65536);
}

SEC("uprobe")
int on_inbound_message(struct pt_regs *ctx)
{
    return on_message(ctx, NET_INBOUND_MESSAGE);
}

SEC("uprobe")
int on_outbound_message(struct pt_regs *ctx)
{
    return on_message(ctx, NET_OUTBOUND_MESSAGE);
}

#endif
