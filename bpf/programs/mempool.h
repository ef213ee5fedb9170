/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * mempool:*.
 */
#ifndef WATCHDOG_MEMPOOL_H
#define WATCHDOG_MEMPOOL_H

#include "programs/arguments.h"

SEC("uprobe")
int on_added(struct pt_regs *ctx)
{
    struct mempool_added_record *record = reserve(MEMPOOL_ADDED, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    read_hash(&call, record->txid, argument(&call, 0));
    record->vsize_vb = argument(&call, 1);
    record->fee_sat = argument(&call, 2);
    record->reserved = 0;
    return submit(&record->header, MEMPOOL_ADDED, call.flags);
}

SEC("uprobe")
int on_removed(struct pt_regs *ctx)
{
    struct mempool_removed_record *record = reserve(MEMPOOL_REMOVED, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    read_hash(&call, record->txid, argument(&call, 0));
    read_string(&call, record->reason, sizeof(record->reason), argument(&call, 1));
    record->vsize_vb = argument(&call, 2);
    record->fee_sat = argument(&call, 3);
    record->entered_at_s = argument(&call, 4);
    record->reserved = 0;
    return submit(&record->header, MEMPOOL_REMOVED, call.flags);
}

SEC("uprobe")
int on_replaced(struct pt_regs *ctx)
{
    struct mempool_replaced_record *record = reserve(MEMPOOL_REPLACED, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    read_hash(&call, record->replaced_txid, argument(&call, 0));
    record->replaced_vsize_vb = argument(&call, 1);
    record->replaced_fee_sat = argument(&call, 2);
    record->replaced_entered_at_s = argument(&call, 3);
    read_hash(&call, record->replacement_id, argument(&call, 4));
    record->replacement_vsize_vb = argument(&call, 5);
    record->replacement_fee_sat = argument(&call, 6);
    record->replacement_is_txid = argument(&call, 7) != 0;
    record->reserved = 0;
    return submit(&record->header, MEMPOOL_REPLACED, call.flags);
}

SEC("uprobe")
int on_rejected(struct pt_regs *ctx)
{
    struct mempool_rejected_record *record = reserve(MEMPOOL_REJECTED, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    read_hash(&call, record->txid, argument(&call, 0));
    read_string(&call, record->reason, sizeof(record->reason), argument(&call, 1));
    return submit(&record->header, MEMPOOL_REJECTED, call.flags);
}

#endif
