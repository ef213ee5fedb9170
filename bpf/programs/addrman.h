/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * addrman:attempt_add and addrman:move_to_good. Patched builds of Bitcoin Core have them, releases do not.
 * Arguments of attempt_add: inserted (bool), bucket (int32), position in it (int32), address and port (string), its AS
 * (uint32), source (string), its AS (uint32). move_to_good: the same without the first.
 */
#ifndef WATCHDOG_ADDRMAN_H
#define WATCHDOG_ADDRMAN_H

#include "programs/arguments.h"

static __always_inline int on_addrman(struct pt_regs *ctx, enum tracepoint tracepoint, __u64 first)
{
    struct addrman_record *record = reserve(tracepoint, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    record->inserted = first == 0 ? 1 : argument(&call, 0) != 0;
    record->bucket = argument(&call, first);
    record->bucket_position = argument(&call, first + 1);
    read_string(&call, record->address, sizeof(record->address), argument(&call, first + 2));
    record->address_as = argument(&call, first + 3);
    read_string(&call, record->source, sizeof(record->source), argument(&call, first + 4));
    record->source_as = argument(&call, first + 5);
    record->reserved = 0;
    return submit(&record->header, tracepoint, call.flags);
}

SEC("uprobe")
int on_attempt_add(struct pt_regs *ctx)
{
    return on_addrman(ctx, ADDRMAN_ATTEMPT_ADD, 1);
}

SEC("uprobe")
int on_move_to_good(struct pt_regs *ctx)
{
    return on_addrman(ctx, ADDRMAN_MOVE_TO_GOOD, 0);
}

#endif
