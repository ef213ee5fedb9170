/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * coin_selection:*. Off by default, because they contain wallet names and amounts.
 */
#ifndef WATCHDOG_WALLET_H
#define WATCHDOG_WALLET_H

#include "programs/arguments.h"

SEC("uprobe")
int on_selected_coins(struct pt_regs *ctx)
{
    struct selected_coins_record *record = reserve(COIN_SELECTION_SELECTED_COINS, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    read_string(&call, record->wallet, sizeof(record->wallet), argument(&call, 0));
    read_string(&call, record->algorithm, sizeof(record->algorithm), argument(&call, 1));
    record->target_sat = argument(&call, 2);
    record->waste_sat = argument(&call, 3);
    record->selected_sat = argument(&call, 4);
    return submit(&record->header, COIN_SELECTION_SELECTED_COINS, call.flags);
}

SEC("uprobe")
int on_normal_create_tx_internal(struct pt_regs *ctx)
{
    struct create_tx_record *record = reserve(COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    read_string(&call, record->wallet, sizeof(record->wallet), argument(&call, 0));
    record->succeeded = argument(&call, 1) != 0;
    record->fee_sat = argument(&call, 2);
    record->change_position = argument(&call, 3);
    record->used = 0;
    record->reserved = 0;
    return submit(&record->header, COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL, call.flags);
}

SEC("uprobe")
int on_attempting_aps_create_tx(struct pt_regs *ctx)
{
    struct create_tx_record *record = reserve(COIN_SELECTION_ATTEMPTING_APS_CREATE_TX, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    read_string(&call, record->wallet, sizeof(record->wallet), argument(&call, 0));
    record->succeeded = 0;
    record->fee_sat = 0;
    record->change_position = 0;
    record->used = 0;
    record->reserved = 0;
    return submit(&record->header, COIN_SELECTION_ATTEMPTING_APS_CREATE_TX, call.flags);
}

SEC("uprobe")
int on_aps_create_tx_internal(struct pt_regs *ctx)
{
    struct create_tx_record *record = reserve(COIN_SELECTION_APS_CREATE_TX_INTERNAL, sizeof(*record));
    if (!record)
        return 0;
    struct call call;
    begin(&call, ctx);
    read_string(&call, record->wallet, sizeof(record->wallet), argument(&call, 0));
    record->used = argument(&call, 1) != 0;
    record->succeeded = argument(&call, 2) != 0;
    record->fee_sat = argument(&call, 3);
    record->change_position = argument(&call, 4);
    record->reserved = 0;
    return submit(&record->header, COIN_SELECTION_APS_CREATE_TX_INTERNAL, call.flags);
}

#endif
