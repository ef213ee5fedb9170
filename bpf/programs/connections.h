/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * The tracepoints of `net` other than messages: peers connect, disconnect and misbehave.
 */
#ifndef WATCHDOG_CONNECTIONS_H
#define WATCHDOG_CONNECTIONS_H

#include "programs/arguments.h"

static __always_inline int on_connection(struct pt_regs *ctx, enum tracepoint tracepoint)
{
    struct connection_record *record = reserve(tracepoint, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    record->peer_id = argument(&call, 0);
    read_string(&call, record->address, sizeof(record->address), argument(&call, 1));
    read_string(&call, record->connection_type, sizeof(record->connection_type), argument(&call, 2));
    record->network = argument(&call, 3);
    record->count_or_time = argument(&call, 4);
    record->reserved = 0;
    return submit(&record->header, tracepoint, call.flags);
}

SEC("uprobe")
int on_inbound_connection(struct pt_regs *ctx)
{
    return on_connection(ctx, NET_INBOUND_CONNECTION);
}

SEC("uprobe")
int on_outbound_connection(struct pt_regs *ctx)
{
    return on_connection(ctx, NET_OUTBOUND_CONNECTION);
}

SEC("uprobe")
int on_evicted_inbound_connection(struct pt_regs *ctx)
{
    return on_connection(ctx, NET_EVICTED_INBOUND_CONNECTION);
}

SEC("uprobe")
int on_closed_connection(struct pt_regs *ctx)
{
    return on_connection(ctx, NET_CLOSED_CONNECTION);
}

SEC("uprobe")
int on_misbehaving_connection(struct pt_regs *ctx)
{
    struct misbehaving_record *record = reserve(NET_MISBEHAVING_CONNECTION, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    record->peer_id = argument(&call, 0);
    read_string(&call, record->reason, sizeof(record->reason), argument(&call, 1));
    return submit(&record->header, NET_MISBEHAVING_CONNECTION, call.flags);
}

#endif
