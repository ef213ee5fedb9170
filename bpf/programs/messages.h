/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * net:inbound_message and net:outbound_message: the peer, the message's type and true size, and its payload up to
 * the cap of its type.
 */
#ifndef WATCHDOG_MESSAGES_H
#define WATCHDOG_MESSAGES_H

#include "programs/arguments.h"

/* A message type as the numbers that its bytes are: a comparison of two words instead of a loop over characters. */
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
    default:
        return PAYLOAD_CAP_SHORT;
    }
}

struct message_call {
    struct pt_regs *ctx;
    enum tracepoint tracepoint;
    __u16 flags;
    __u64 size;
    union message_type type;
};

/* The ring buffer takes only constant sizes, so each of a few size classes has its own copy of this. */
static __always_inline int capture_message(struct message_call *call, __u64 payload_bytes, const __u32 room)
{
    struct message_record *record = reserve(call->tracepoint, sizeof(*record) + room);
    if (!record)
        return 0;
    __u16 flags = call->flags;
    record->peer_id = argument(call->ctx, 0, &flags);
    read_string(record->address, sizeof(record->address), argument(call->ctx, 1, &flags), &flags);
    read_string(record->connection_type, sizeof(record->connection_type), argument(call->ctx, 2, &flags), &flags);
    __builtin_memcpy(record->message_type, call->type.text, sizeof(record->message_type));
    record->size_bytes = call->size;

    barrier_var(payload_bytes); /* the verifier wants to see the bound beside the read */
    if (payload_bytes > room)
        payload_bytes = room;
    if (payload_bytes) {
        __u64 payload = argument(call->ctx, 5, &flags);
        if (bpf_probe_read_user(record->payload, payload_bytes, (const void *)payload))
            flags |= RECORD_READ_FAILED;
        else
            record->header.payload_bytes = payload_bytes;
    }
    return submit(&record->header, call->tracepoint, flags);
}

static __always_inline int on_message(struct pt_regs *ctx, enum tracepoint tracepoint)
{
    struct message_call call = {.ctx = ctx, .tracepoint = tracepoint};
    read_string(call.type.text, sizeof(call.type.text), argument(ctx, 3, &call.flags), &call.flags);
    call.size = argument(ctx, 4, &call.flags);

    __u64 payload_bytes = payload_cap(&call.type);
    if (payload_bytes > call.size)
        payload_bytes = call.size;
    if (payload_bytes <= 64)
        return capture_message(&call, payload_bytes, 64);
    if (payload_bytes <= 256)
        return capture_message(&call, payload_bytes, 256);
    if (payload_bytes <= 1024)
        return capture_message(&call, payload_bytes, 1024);
    if (payload_bytes <= 4096)
        return capture_message(&call, payload_bytes, 4096);
    if (payload_bytes <= 16384)
        return capture_message(&call, payload_bytes, 16384);
    if (payload_bytes <= 32768)
        return capture_message(&call, payload_bytes, 32768);
    return capture_message(&call, payload_bytes, 65536);
}

SEC("usdt")
int on_inbound_message(struct pt_regs *ctx)
{
    return on_message(ctx, NET_INBOUND_MESSAGE);
}

SEC("usdt")
int on_outbound_message(struct pt_regs *ctx)
{
    return on_message(ctx, NET_OUTBOUND_MESSAGE);
}

#endif
