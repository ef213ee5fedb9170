/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * validation:block_connected and utxocache:*.
 */
#ifndef WATCHDOG_BLOCKS_AND_COINS_H
#define WATCHDOG_BLOCKS_AND_COINS_H

#include "programs/arguments.h"

SEC("usdt")
int on_block_connected(struct pt_regs *ctx)
{
    struct block_connected_record *record = reserve(VALIDATION_BLOCK_CONNECTED, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    read_hash(record->hash, argument(ctx, 0, &flags), &flags);
    record->height = argument(ctx, 1, &flags);
    record->transactions = argument(ctx, 2, &flags);
    record->inputs = argument(ctx, 3, &flags);
    record->sigops = argument(ctx, 4, &flags);
    record->duration_ns = argument(ctx, 5, &flags);
    return submit(&record->header, VALIDATION_BLOCK_CONNECTED, flags);
}

SEC("usdt")
int on_flush(struct pt_regs *ctx)
{
    struct utxocache_flush_record *record = reserve(UTXOCACHE_FLUSH, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    record->duration_us = argument(ctx, 0, &flags);
    record->mode = argument(ctx, 1, &flags);
    record->coins = argument(ctx, 2, &flags);
    record->memory_bytes = argument(ctx, 3, &flags);
    record->for_prune = argument(ctx, 4, &flags) != 0;
    return submit(&record->header, UTXOCACHE_FLUSH, flags);
}

static __always_inline int on_coin(struct pt_regs *ctx, enum tracepoint tracepoint)
{
    struct utxocache_coin_record *record = reserve(tracepoint, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    read_hash(record->txid, argument(ctx, 0, &flags), &flags);
    record->output_index = argument(ctx, 1, &flags);
    record->height = argument(ctx, 2, &flags);
    record->value_sat = argument(ctx, 3, &flags);
    record->coinbase = argument(ctx, 4, &flags) != 0;
    record->reserved = 0;
    return submit(&record->header, tracepoint, flags);
}

SEC("usdt")
int on_add(struct pt_regs *ctx)
{
    return on_coin(ctx, UTXOCACHE_ADD);
}

SEC("usdt")
int on_spent(struct pt_regs *ctx)
{
    return on_coin(ctx, UTXOCACHE_SPENT);
}

SEC("usdt")
int on_uncache(struct pt_regs *ctx)
{
    return on_coin(ctx, UTXOCACHE_UNCACHE);
}

#endif
