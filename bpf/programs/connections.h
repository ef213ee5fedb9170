/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * Peers come, go, and misbehave: the tracepoints of `net` beside the messages.
 */
#ifndef WATCHDOG_CONNECTIONS_H
#define WATCHDOG_CONNECTIONS_H

#include "programs/arguments.h"

static __always_inline int on_connection(struct pt_regs *ctx, enum tracepoint tracepoint)
{
    struct connection_record *record = reserve(tracepoint, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    record->peer_id = argument(ctx, 0, &flags);
    read_string(record->address, sizeof(record->address), argument(ctx, 1, &flags), &flags);
    read_string(record->connection_type, sizeof(record->connection_type), argument(ctx, 2, &flags), &flags);
    record->network = argument(ctx, 3, &flags);
    record->count_or_time = argument(ctx, 4, &flags);
    record->reserved = 0;
    return submit(&record->header, tracepoint, flags);
}

SEC("usdt")
int on_inbound_connection(struct pt_regs *ctx)
{
    return on_connection(ctx, NET_INBOUND_CONNECTION);
}

SEC("usdt")
int on_outbound_connection(struct pt_regs *ctx)
{
    return on_connection(ctx, NET_OUTBOUND_CONNECTION);
}

SEC("usdt")
int on_evicted_inbound_connection(struct pt_regs *ctx)
{
    return on_connection(ctx, NET_EVICTED_INBOUND_CONNECTION);
}

SEC("usdt")
int on_closed_connection(struct pt_regs *ctx)
{
    return on_connection(ctx, NET_CLOSED_CONNECTION);
}

SEC("usdt")
int on_misbehaving_connection(struct pt_regs *ctx)
{
    struct misbehaving_record *record = reserve(NET_MISBEHAVING_CONNECTION, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    record->peer_id = argument(ctx, 0, &flags);
    read_string(record->reason, sizeof(record->reason), argument(ctx, 1, &flags), &flags);
    return submit(&record->header, NET_MISBEHAVING_CONNECTION, flags);
}

#endif
