/* SPDX-License-Identifier: MIT */
#include "test/same.h"

#include <string.h>
bool same_string(const char *field, size_t bytes, const char *string)
{
    return strncmp(field, string, bytes - 1) == 0 && memchr(field, 0, bytes);
}

static bool one_of(const char *type, const char *const *types)
{
    while (*types && strcmp(*types, type) != 0)
        types++;
    return *types != NULL;
}

static uint64_t payload_cap(const char *type)
{
    static const char *const addresses[] = {"addr", "addrv2", NULL};
    static const char *const lists[] = {
        "version", "headers", "cmpctblock", "block", "inv", "getdata", "notfound", NULL,
    };
    return one_of(type, addresses) ? PAYLOAD_CAP_ADDRESSES : one_of(type, lists) ? PAYLOAD_CAP_LISTS
        : strcmp(type, "tx") == 0 ? PAYLOAD_CAP_TRANSACTION : PAYLOAD_CAP_SHORT;
}

static bool same_message(const struct message_record *record, const union value *arguments)
{
    uint64_t size = arguments[4].number, cap = payload_cap(arguments[3].pointer);
    return record->peer_id == arguments[0].number
        && same_string(record->address, ADDRESS_BYTES, arguments[1].pointer)
        && same_string(record->connection_type, CONNECTION_TYPE_BYTES, arguments[2].pointer)
        && same_string(record->message_type, MESSAGE_TYPE_BYTES, arguments[3].pointer)
        && record->size_bytes == size
        && record->header.payload_bytes == (size < cap ? size : cap)
        && memcmp(record->payload, arguments[5].pointer, record->header.payload_bytes) == 0;
}

static bool same_connection(const struct connection_record *record, const union value *arguments)
{
    return record->peer_id == arguments[0].number
        && same_string(record->address, ADDRESS_BYTES, arguments[1].pointer)
        && same_string(record->connection_type, CONNECTION_TYPE_BYTES, arguments[2].pointer)
        && record->network == (uint32_t)arguments[3].number
        && record->count_or_time == (uint64_t)arguments[4].number;
}

static bool same_replacement(const struct mempool_replaced_record *record, const union value *arguments)
{
    return memcmp(record->replaced_txid, arguments[0].pointer, HASH_BYTES) == 0
        && record->replaced_vsize_vb == arguments[1].number
        && record->replaced_fee_sat == arguments[2].number
        && record->replaced_entered_at_s == (uint64_t)arguments[3].number
        && memcmp(record->replacement_id, arguments[4].pointer, HASH_BYTES) == 0
        && record->replacement_vsize_vb == arguments[5].number
        && record->replacement_fee_sat == arguments[6].number
        && record->replacement_is_txid == arguments[7].number;
}

static bool same_block(const struct block_connected_record *record, const union value *arguments)
{
    return memcmp(record->hash, arguments[0].pointer, HASH_BYTES) == 0
        && record->height == arguments[1].number
        && record->transactions == (uint64_t)arguments[2].number
        && record->inputs == arguments[3].number
        && record->sigops == (uint64_t)arguments[4].number
        && record->duration_ns == (uint64_t)arguments[5].number;
}

static bool same_coin(const struct utxocache_coin_record *record, const union value *arguments)
{
    return memcmp(record->txid, arguments[0].pointer, HASH_BYTES) == 0
        && record->output_index == (uint32_t)arguments[1].number
        && record->height == (uint32_t)arguments[2].number
        && record->value_sat == arguments[3].number
        && record->coinbase == arguments[4].number;
}

static bool same_flush(const struct utxocache_flush_record *record, const union value *arguments)
{
    return record->duration_us == arguments[0].number
        && record->mode == (uint32_t)arguments[1].number
        && record->coins == (uint64_t)arguments[2].number
        && record->memory_bytes == (uint64_t)arguments[3].number
        && record->for_prune == arguments[4].number;
}

static bool same_removal(const struct mempool_removed_record *record, const union value *arguments)
{
    return memcmp(record->txid, arguments[0].pointer, HASH_BYTES) == 0
        && same_string(record->reason, REMOVAL_REASON_BYTES, arguments[1].pointer)
        && record->vsize_vb == arguments[2].number
        && record->fee_sat == arguments[3].number
        && record->entered_at_s == (uint64_t)arguments[4].number;
}

static bool same_selection(const struct selected_coins_record *record, const union value *arguments)
{
    return same_string(record->wallet, WALLET_NAME_BYTES, arguments[0].pointer)
        && same_string(record->algorithm, ALGORITHM_BYTES, arguments[1].pointer)
        && record->target_sat == arguments[2].number
        && record->waste_sat == arguments[3].number
        && record->selected_sat == arguments[4].number;
}

static bool same_create_tx(const struct create_tx_record *record, const union value *arguments)
{
    if (!same_string(record->wallet, WALLET_NAME_BYTES, arguments[0].pointer))
        return false;
    switch (record->header.tracepoint) {
    case COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL:
        return record->succeeded == arguments[1].number && record->fee_sat == arguments[2].number
            && record->change_position == arguments[3].number;
    case COIN_SELECTION_APS_CREATE_TX_INTERNAL:
        return record->used == arguments[1].number && record->succeeded == arguments[2].number
            && record->fee_sat == arguments[3].number && record->change_position == arguments[4].number;
    default:
        return record->fee_sat == 0 && record->succeeded == 0;
    }
}

static bool same_addrman(const struct addrman_record *record, const union value *arguments)
{
    if (record->header.tracepoint == ADDRMAN_ATTEMPT_ADD && record->inserted != arguments++->number)
        return false;
    return record->bucket == arguments[0].number
        && record->bucket_position == arguments[1].number
        && same_string(record->address, ADDRESS_BYTES, arguments[2].pointer)
        && record->address_as == (uint32_t)arguments[3].number
        && same_string(record->source, ADDRESS_BYTES, arguments[4].pointer)
        && record->source_as == (uint32_t)arguments[5].number;
}

bool same(const struct record_header *record, const struct call *call)
{
    const void *fields = record;
    const union value *arguments = call->arguments;
    if (record->tracepoint != call->tracepoint || record->flags)
        return false;
    switch (record->tracepoint) {
    case NET_INBOUND_MESSAGE:
    case NET_OUTBOUND_MESSAGE:
        return same_message(fields, arguments);
    case NET_INBOUND_CONNECTION:
    case NET_OUTBOUND_CONNECTION:
    case NET_EVICTED_INBOUND_CONNECTION:
    case NET_CLOSED_CONNECTION:
        return same_connection(fields, arguments);
    case NET_MISBEHAVING_CONNECTION: {
        const struct misbehaving_record *misbehaving = fields;
        return misbehaving->peer_id == arguments[0].number
            && same_string(misbehaving->reason, MISBEHAVING_REASON_BYTES, arguments[1].pointer);
    }
    case VALIDATION_BLOCK_CONNECTED:
        return same_block(fields, arguments);
    case UTXOCACHE_FLUSH:
        return same_flush(fields, arguments);
    case UTXOCACHE_ADD:
    case UTXOCACHE_SPENT:
    case UTXOCACHE_UNCACHE:
        return same_coin(fields, arguments);
    case COIN_SELECTION_SELECTED_COINS:
        return same_selection(fields, arguments);
    case MEMPOOL_ADDED: {
        const struct mempool_added_record *added = fields;
        return memcmp(added->txid, arguments[0].pointer, HASH_BYTES) == 0
            && added->vsize_vb == arguments[1].number && added->fee_sat == arguments[2].number;
    }
    case MEMPOOL_REMOVED:
        return same_removal(fields, arguments);
    case MEMPOOL_REPLACED:
        return same_replacement(fields, arguments);
    case MEMPOOL_REJECTED: {
        const struct mempool_rejected_record *rejected = fields;
        return memcmp(rejected->txid, arguments[0].pointer, HASH_BYTES) == 0
            && same_string(rejected->reason, REJECTION_REASON_BYTES, arguments[1].pointer);
    }
    case ADDRMAN_ATTEMPT_ADD:
    case ADDRMAN_MOVE_TO_GOOD:
        return same_addrman(fields, arguments);
    default:
        return same_create_tx(fields, arguments);
    }
}
