/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * mempool:*.
 */
#ifndef WATCHDOG_MEMPOOL_H
#define WATCHDOG_MEMPOOL_H

#include "programs/arguments.h"

SEC("usdt")
int on_added(struct pt_regs *ctx)
{
    struct mempool_added_record *record = reserve(MEMPOOL_ADDED, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    read_hash(record->txid, argument(ctx, 0, &flags), &flags);
    record->vsize_vb = argument(ctx, 1, &flags);
    record->fee_sat = argument(ctx, 2, &flags);
    record->reserved = 0;
    return submit(&record->header, MEMPOOL_ADDED, flags);
}

SEC("usdt")
int on_removed(struct pt_regs *ctx)
{
    struct mempool_removed_record *record = reserve(MEMPOOL_REMOVED, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    read_hash(record->txid, argument(ctx, 0, &flags), &flags);
    read_string(record->reason, sizeof(record->reason), argument(ctx, 1, &flags), &flags);
    record->vsize_vb = argument(ctx, 2, &flags);
    record->fee_sat = argument(ctx, 3, &flags);
    record->entered_at_s = argument(ctx, 4, &flags);
    record->reserved = 0;
    return submit(&record->header, MEMPOOL_REMOVED, flags);
}

SEC("usdt")
int on_replaced(struct pt_regs *ctx)
{
    struct mempool_replaced_record *record = reserve(MEMPOOL_REPLACED, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    read_hash(record->replaced_txid, argument(ctx, 0, &flags), &flags);
    record->replaced_vsize_vb = argument(ctx, 1, &flags);
    record->replaced_fee_sat = argument(ctx, 2, &flags);
    record->replaced_entered_at_s = argument(ctx, 3, &flags);
    read_hash(record->replacement_id, argument(ctx, 4, &flags), &flags);
    record->replacement_vsize_vb = argument(ctx, 5, &flags);
    record->replacement_fee_sat = argument(ctx, 6, &flags);
    record->replacement_is_txid = argument(ctx, 7, &flags) != 0;
    record->reserved = 0;
    return submit(&record->header, MEMPOOL_REPLACED, flags);
}

SEC("usdt")
int on_rejected(struct pt_regs *ctx)
{
    struct mempool_rejected_record *record = reserve(MEMPOOL_REJECTED, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    read_hash(record->txid, argument(ctx, 0, &flags), &flags);
    read_string(record->reason, sizeof(record->reason), argument(ctx, 1, &flags), &flags);
    return submit(&record->header, MEMPOOL_REJECTED, flags);
}

#endif
