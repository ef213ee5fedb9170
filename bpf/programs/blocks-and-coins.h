/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * validation:block_connected and utxocache:*.
 */
#ifndef WATCHDOG_BLOCKS_AND_COINS_H
#define WATCHDOG_BLOCKS_AND_COINS_H

#include "programs/arguments.h"

SEC("uprobe")
int on_block_connected(struct pt_regs *ctx)
{
    struct block_connected_record *record = reserve(VALIDATION_BLOCK_CONNECTED, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    read_hash(&call, record->hash, argument(&call, 0));
    record->height = argument(&call, 1);
    record->transactions = argument(&call, 2);
    record->inputs = argument(&call, 3);
    record->sigops = argument(&call, 4);
    record->duration_ns = argument(&call, 5);
    return submit(&record->header, VALIDATION_BLOCK_CONNECTED, call.flags);
}

SEC("uprobe")
int on_flush(struct pt_regs *ctx)
{
    struct utxocache_flush_record *record = reserve(UTXOCACHE_FLUSH, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    record->duration_us = argument(&call, 0);
    record->mode = argument(&call, 1);
    record->coins = argument(&call, 2);
    record->memory_bytes = argument(&call, 3);
    record->for_prune = argument(&call, 4) != 0;
    return submit(&record->header, UTXOCACHE_FLUSH, call.flags);
}

static __always_inline int on_coin(struct pt_regs *ctx, enum tracepoint tracepoint)
{
    struct utxocache_coin_record *record = reserve(tracepoint, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    read_hash(&call, record->txid, argument(&call, 0));
    record->output_index = argument(&call, 1);
    record->height = argument(&call, 2);
    record->value_sat = argument(&call, 3);
    record->coinbase = argument(&call, 4) != 0;
    record->reserved = 0;
    return submit(&record->header, tracepoint, call.flags);
}

SEC("uprobe")
int on_add(struct pt_regs *ctx)
{
    return on_coin(ctx, UTXOCACHE_ADD);
}

SEC("uprobe")
int on_spent(struct pt_regs *ctx)
{
    return on_coin(ctx, UTXOCACHE_SPENT);
}

SEC("uprobe")
int on_uncache(struct pt_regs *ctx)
{
    return on_coin(ctx, UTXOCACHE_UNCACHE);
}

#endif
