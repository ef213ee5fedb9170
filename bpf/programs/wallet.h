/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * coin_selection:*. Off unless asked for: they name wallets and amounts.
 */
#ifndef WATCHDOG_WALLET_H
#define WATCHDOG_WALLET_H

#include "programs/arguments.h"

SEC("usdt")
int on_selected_coins(struct pt_regs *ctx)
{
    struct selected_coins_record *record = reserve(COIN_SELECTION_SELECTED_COINS, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    read_string(record->wallet, sizeof(record->wallet), argument(ctx, 0, &flags), &flags);
    read_string(record->algorithm, sizeof(record->algorithm), argument(ctx, 1, &flags), &flags);
    record->target_sat = argument(ctx, 2, &flags);
    record->waste_sat = argument(ctx, 3, &flags);
    record->selected_sat = argument(ctx, 4, &flags);
    return submit(&record->header, COIN_SELECTION_SELECTED_COINS, flags);
}

SEC("usdt")
int on_normal_create_tx_internal(struct pt_regs *ctx)
{
    struct create_tx_record *record = reserve(COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    read_string(record->wallet, sizeof(record->wallet), argument(ctx, 0, &flags), &flags);
    record->succeeded = argument(ctx, 1, &flags) != 0;
    record->fee_sat = argument(ctx, 2, &flags);
    record->change_position = argument(ctx, 3, &flags);
    record->used = 0;
    record->reserved = 0;
    return submit(&record->header, COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL, flags);
}

SEC("usdt")
int on_attempting_aps_create_tx(struct pt_regs *ctx)
{
    struct create_tx_record *record = reserve(COIN_SELECTION_ATTEMPTING_APS_CREATE_TX, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    read_string(record->wallet, sizeof(record->wallet), argument(ctx, 0, &flags), &flags);
    record->succeeded = 0;
    record->fee_sat = 0;
    record->change_position = 0;
    record->used = 0;
    record->reserved = 0;
    return submit(&record->header, COIN_SELECTION_ATTEMPTING_APS_CREATE_TX, flags);
}

SEC("usdt")
int on_aps_create_tx_internal(struct pt_regs *ctx)
{
    struct create_tx_record *record = reserve(COIN_SELECTION_APS_CREATE_TX_INTERNAL, sizeof(*record));
    if (!record)
        return 0;
    __u16 flags = 0;
    read_string(record->wallet, sizeof(record->wallet), argument(ctx, 0, &flags), &flags);
    record->used = argument(ctx, 1, &flags) != 0;
    record->succeeded = argument(ctx, 2, &flags) != 0;
    record->fee_sat = argument(ctx, 3, &flags);
    record->change_position = argument(ctx, 4, &flags);
    record->reserved = 0;
    return submit(&record->header, COIN_SELECTION_APS_CREATE_TX_INTERNAL, flags);
}

#endif
