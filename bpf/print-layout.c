/* SPDX-License-Identifier: MIT
 *
 * Prints the definitions of record.h and operands.h as lines `name value`, so that a reader in another language can be tested:
 *   struct.sizeof            bytes of the fixed part
 *   struct.field             offset of the field, bytes
 *   struct.field.sizeof      its size, bytes (a payload's is 0)
 *   CONSTANT                 value
 */
#include "operands.h"

#include <stddef.h>
#include <stdio.h>

#define CONSTANT(name) printf("%s %lld\n", #name, (long long)(name))
#define STRUCT(type) printf("%s.sizeof %zu\n", #type, sizeof(struct type))
#define FIELD(type, field)                                                       \
    do {                                                                         \
        printf("%s.%s %zu\n", #type, #field, offsetof(struct type, field));      \
        printf("%s.%s.sizeof %zu\n", #type, #field, sizeof(((struct type *)0)->field)); \
    } while (0)
#define PAYLOAD(type, field)                                                     \
    do {                                                                         \
        printf("%s.%s %zu\n", #type, #field, offsetof(struct type, field));      \
        printf("%s.%s.sizeof 0\n", #type, #field);                               \
    } while (0)

static void print_constants(void)
{
    CONSTANT(NET_INBOUND_MESSAGE);
    CONSTANT(NET_OUTBOUND_MESSAGE);
    CONSTANT(NET_INBOUND_CONNECTION);
    CONSTANT(NET_OUTBOUND_CONNECTION);
    CONSTANT(NET_EVICTED_INBOUND_CONNECTION);
    CONSTANT(NET_MISBEHAVING_CONNECTION);
    CONSTANT(NET_CLOSED_CONNECTION);
    CONSTANT(VALIDATION_BLOCK_CONNECTED);
    CONSTANT(UTXOCACHE_FLUSH);
    CONSTANT(UTXOCACHE_ADD);
    CONSTANT(UTXOCACHE_SPENT);
    CONSTANT(UTXOCACHE_UNCACHE);
    CONSTANT(COIN_SELECTION_SELECTED_COINS);
    CONSTANT(COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL);
    CONSTANT(COIN_SELECTION_ATTEMPTING_APS_CREATE_TX);
    CONSTANT(COIN_SELECTION_APS_CREATE_TX_INTERNAL);
    CONSTANT(MEMPOOL_ADDED);
    CONSTANT(MEMPOOL_REMOVED);
    CONSTANT(MEMPOOL_REPLACED);
    CONSTANT(MEMPOOL_REJECTED);
    CONSTANT(ADDRMAN_ATTEMPT_ADD);
    CONSTANT(ADDRMAN_MOVE_TO_GOOD);
    CONSTANT(TRACEPOINTS);

    CONSTANT(ADDRESS_BYTES);
    CONSTANT(CONNECTION_TYPE_BYTES);
    CONSTANT(MESSAGE_TYPE_BYTES);
    CONSTANT(MISBEHAVING_REASON_BYTES);
    CONSTANT(REMOVAL_REASON_BYTES);
    CONSTANT(REJECTION_REASON_BYTES);
    CONSTANT(WALLET_NAME_BYTES);
    CONSTANT(ALGORITHM_BYTES);
    CONSTANT(HASH_BYTES);

    CONSTANT(PAYLOAD_CAP_ADDRESSES);
    CONSTANT(PAYLOAD_CAP_LISTS);
    CONSTANT(PAYLOAD_CAP_SHORT);
    CONSTANT(PAYLOAD_CAP_TRANSACTION);

    CONSTANT(RECORD_STRING_CUT);
    CONSTANT(RECORD_READ_FAILED);
    CONSTANT(RECORD_ARGUMENT_FAILED);
}

static void print_net(void)
{
    STRUCT(record_header);
    FIELD(record_header, boot_ns);
    FIELD(record_header, tracepoint);
    FIELD(record_header, flags);
    FIELD(record_header, payload_bytes);

    STRUCT(message_record);
    FIELD(message_record, header);
    FIELD(message_record, peer_id);
    FIELD(message_record, size_bytes);
    FIELD(message_record, connection_type);
    FIELD(message_record, message_type);
    FIELD(message_record, address);
    PAYLOAD(message_record, payload);

    STRUCT(connection_record);
    FIELD(connection_record, header);
    FIELD(connection_record, peer_id);
    FIELD(connection_record, count_or_time);
    FIELD(connection_record, network);
    FIELD(connection_record, reserved);
    FIELD(connection_record, connection_type);
    FIELD(connection_record, address);

    STRUCT(misbehaving_record);
    FIELD(misbehaving_record, header);
    FIELD(misbehaving_record, peer_id);
    FIELD(misbehaving_record, reason);
}

static void print_blocks_and_coins(void)
{
    STRUCT(block_connected_record);
    FIELD(block_connected_record, header);
    FIELD(block_connected_record, hash);
    FIELD(block_connected_record, transactions);
    FIELD(block_connected_record, sigops);
    FIELD(block_connected_record, duration_ns);
    FIELD(block_connected_record, height);
    FIELD(block_connected_record, inputs);

    STRUCT(utxocache_flush_record);
    FIELD(utxocache_flush_record, header);
    FIELD(utxocache_flush_record, duration_us);
    FIELD(utxocache_flush_record, coins);
    FIELD(utxocache_flush_record, memory_bytes);
    FIELD(utxocache_flush_record, mode);
    FIELD(utxocache_flush_record, for_prune);

    STRUCT(utxocache_coin_record);
    FIELD(utxocache_coin_record, header);
    FIELD(utxocache_coin_record, txid);
    FIELD(utxocache_coin_record, value_sat);
    FIELD(utxocache_coin_record, output_index);
    FIELD(utxocache_coin_record, height);
    FIELD(utxocache_coin_record, coinbase);
    FIELD(utxocache_coin_record, reserved);
}

static void print_wallet(void)
{
    STRUCT(selected_coins_record);
    FIELD(selected_coins_record, header);
    FIELD(selected_coins_record, target_sat);
    FIELD(selected_coins_record, waste_sat);
    FIELD(selected_coins_record, selected_sat);
    FIELD(selected_coins_record, wallet);
    FIELD(selected_coins_record, algorithm);

    STRUCT(create_tx_record);
    FIELD(create_tx_record, header);
    FIELD(create_tx_record, fee_sat);
    FIELD(create_tx_record, change_position);
    FIELD(create_tx_record, succeeded);
    FIELD(create_tx_record, used);
    FIELD(create_tx_record, reserved);
    FIELD(create_tx_record, wallet);
}

static void print_mempool(void)
{
    STRUCT(mempool_added_record);
    FIELD(mempool_added_record, header);
    FIELD(mempool_added_record, txid);
    FIELD(mempool_added_record, fee_sat);
    FIELD(mempool_added_record, vsize_vb);
    FIELD(mempool_added_record, reserved);

    STRUCT(mempool_removed_record);
    FIELD(mempool_removed_record, header);
    FIELD(mempool_removed_record, txid);
    FIELD(mempool_removed_record, fee_sat);
    FIELD(mempool_removed_record, entered_at_s);
    FIELD(mempool_removed_record, vsize_vb);
    FIELD(mempool_removed_record, reserved);
    FIELD(mempool_removed_record, reason);

    STRUCT(mempool_replaced_record);
    FIELD(mempool_replaced_record, header);
    FIELD(mempool_replaced_record, replaced_txid);
    FIELD(mempool_replaced_record, replacement_id);
    FIELD(mempool_replaced_record, replaced_fee_sat);
    FIELD(mempool_replaced_record, replaced_entered_at_s);
    FIELD(mempool_replaced_record, replacement_fee_sat);
    FIELD(mempool_replaced_record, replaced_vsize_vb);
    FIELD(mempool_replaced_record, replacement_vsize_vb);
    FIELD(mempool_replaced_record, replacement_is_txid);
    FIELD(mempool_replaced_record, reserved);

    STRUCT(mempool_rejected_record);
    FIELD(mempool_rejected_record, header);
    FIELD(mempool_rejected_record, txid);
    FIELD(mempool_rejected_record, reason);
}

static void print_addrman_and_counters(void)
{
    STRUCT(addrman_record);
    FIELD(addrman_record, header);
    FIELD(addrman_record, bucket);
    FIELD(addrman_record, bucket_position);
    FIELD(addrman_record, address_as);
    FIELD(addrman_record, source_as);
    FIELD(addrman_record, inserted);
    FIELD(addrman_record, reserved);
    FIELD(addrman_record, address);
    FIELD(addrman_record, source);

    STRUCT(tracepoint_counters);
    FIELD(tracepoint_counters, captured);
    FIELD(tracepoint_counters, dropped);
}

static void print_operands(void)
{
    CONSTANT(MOST_OPERANDS);
    CONSTANT(OPERAND_CONSTANT);
    CONSTANT(OPERAND_REGISTER);
    CONSTANT(OPERAND_MEMORY);
    CONSTANT(OPERAND_INDEXED);

    STRUCT(operand);
    FIELD(operand, value);
    FIELD(operand, base);
    FIELD(operand, index);
    FIELD(operand, kind);
    FIELD(operand, scale_bits);
    FIELD(operand, bytes);
    FIELD(operand, unused_bits);
    FIELD(operand, is_signed);

    STRUCT(operands);
    FIELD(operands, count);
    FIELD(operands, operands);
}

int main(void)
{
    print_constants();
    print_net();
    print_blocks_and_coins();
    print_wallet();
    print_mempool();
    print_addrman_and_counters();
    print_operands();
    return 0;
}
