/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * Contract 1: the records that the programs in the kernel write into the ring buffer, one for each traced call. Their layout
 * is defined only here. print-layout.c prints it, and a test compares the Java reader with that output. Little-endian,
 * naturally aligned, and all padding is named.
 *
 * A record is a fixed part, then `payload_bytes` bytes of payload. The ring buffer's entry may be longer,
 * because space is reserved in a few fixed sizes. The bytes after the payload are undefined.
 */
#ifndef WATCHDOG_RECORD_H
#define WATCHDOG_RECORD_H

#ifdef __bpf__
typedef __u8 record_u8;
typedef __u16 record_u16;
typedef __u32 record_u32;
typedef __u64 record_u64;
typedef __s32 record_s32;
typedef __s64 record_s64;
#else
#include <stdint.h>
typedef uint8_t record_u8;
typedef uint16_t record_u16;
typedef uint32_t record_u32;
typedef uint64_t record_u64;
typedef int32_t record_s32;
typedef int64_t record_s64;
#endif

/* Tracepoints in the order of Bitcoin Core's doc/tracing.md; 0 is invalid. Numbers are never reused. */
enum tracepoint {
    NET_INBOUND_MESSAGE = 1,
    NET_OUTBOUND_MESSAGE = 2,
    NET_INBOUND_CONNECTION = 3,
    NET_OUTBOUND_CONNECTION = 4,
    NET_EVICTED_INBOUND_CONNECTION = 5,
    NET_MISBEHAVING_CONNECTION = 6,
    NET_CLOSED_CONNECTION = 7,
    VALIDATION_BLOCK_CONNECTED = 8,
    UTXOCACHE_FLUSH = 9,
    UTXOCACHE_ADD = 10,
    UTXOCACHE_SPENT = 11,
    UTXOCACHE_UNCACHE = 12,
    COIN_SELECTION_SELECTED_COINS = 13,
    COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL = 14,
    COIN_SELECTION_ATTEMPTING_APS_CREATE_TX = 15,
    COIN_SELECTION_APS_CREATE_TX_INTERNAL = 16,
    MEMPOOL_ADDED = 17,
    MEMPOOL_REMOVED = 18,
    MEMPOOL_REPLACED = 19,
    MEMPOOL_REJECTED = 20,
    ADDRMAN_ATTEMPT_ADD = 21,
    ADDRMAN_MOVE_TO_GOOD = 22,
    TRACEPOINTS = 23, /* the size of an array indexed by tracepoint */
};

/* Strings end with NUL and are cut to their field. An address with its port has up to 68 characters (Onion v3). The
 * address of a peer that was added by host name may be longer. */
#define ADDRESS_BYTES 88
#define CONNECTION_TYPE_BYTES 24
#define MESSAGE_TYPE_BYTES 24
#define MISBEHAVING_REASON_BYTES 136
#define REMOVAL_REASON_BYTES 16
#define REJECTION_REASON_BYTES 128
#define WALLET_NAME_BYTES 64
#define ALGORITHM_BYTES 32
#define HASH_BYTES 32

/* How much of a message's payload is captured, by message type. */
#define PAYLOAD_CAP_ADDRESSES 65536 /* addr, addrv2: 1,000 entries whole */
#define PAYLOAD_CAP_LISTS 4096      /* version, headers, cmpctblock, block, inv, getdata, notfound */
#define PAYLOAD_CAP_SHORT 256       /* every other type: short payloads are complete, others are cut to what their decoders need */
#define PAYLOAD_CAP_TRANSACTION 0   /* tx: most of what a node sends and receives, and no part decodes it */

/* record_header.flags */
#define RECORD_STRING_CUT 1    /* a string was longer than its field */
#define RECORD_READ_FAILED 2   /* a string, hash or payload could not be read from the process: it is empty or zero */
#define RECORD_ARGUMENT_FAILED 4 /* an argument could not be fetched: it is 0, and so is the value that it points to */

struct record_header {
    record_u64 boot_ns; /* bpf_ktime_get_boot_ns */
    record_u16 tracepoint;
    record_u16 flags;
    record_u32 payload_bytes;
};

struct message_record { /* inbound_message, outbound_message */
    struct record_header header;
    record_s64 peer_id;
    record_u64 size_bytes; /* the true size, of which payload_bytes were captured */
    char connection_type[CONNECTION_TYPE_BYTES];
    char message_type[MESSAGE_TYPE_BYTES];
    char address[ADDRESS_BYTES];
    record_u8 payload[];
};

struct connection_record { /* inbound_connection, outbound_connection, evicted_inbound_connection, closed_connection */
    struct record_header header;
    record_s64 peer_id;
    record_u64 count_or_time; /* opened: connections of this direction; ended: UNIX time of opening, seconds */
    record_u32 network;
    record_u32 reserved;
    char connection_type[CONNECTION_TYPE_BYTES];
    char address[ADDRESS_BYTES];
};

struct misbehaving_record {
    struct record_header header;
    record_s64 peer_id;
    char reason[MISBEHAVING_REASON_BYTES];
};

struct block_connected_record {
    struct record_header header;
    record_u8 hash[HASH_BYTES];
    record_u64 transactions;
    record_u64 sigops;
    record_u64 duration_ns;
    record_s32 height;
    record_s32 inputs;
};

struct utxocache_flush_record {
    struct record_header header;
    record_s64 duration_us;
    record_u64 coins;
    record_u64 memory_bytes;
    record_u32 mode;
    record_u32 for_prune;
};

struct utxocache_coin_record { /* add, spent, uncache */
    struct record_header header;
    record_u8 txid[HASH_BYTES];
    record_s64 value_sat;
    record_u32 output_index;
    record_u32 height;
    record_u32 coinbase;
    record_u32 reserved;
};

struct selected_coins_record {
    struct record_header header;
    record_s64 target_sat;
    record_s64 waste_sat;
    record_s64 selected_sat;
    char wallet[WALLET_NAME_BYTES];
    char algorithm[ALGORITHM_BYTES];
};

struct create_tx_record { /* normal_create_tx_internal, attempting_aps_create_tx, aps_create_tx_internal */
    struct record_header header;
    record_s64 fee_sat;
    record_s32 change_position;
    record_u32 succeeded;
    record_u32 used;
    record_u32 reserved;
    char wallet[WALLET_NAME_BYTES];
};

struct mempool_added_record {
    struct record_header header;
    record_u8 txid[HASH_BYTES];
    record_s64 fee_sat;
    record_s32 vsize_vb;
    record_u32 reserved;
};

struct mempool_removed_record {
    struct record_header header;
    record_u8 txid[HASH_BYTES];
    record_s64 fee_sat;
    record_u64 entered_at_s;
    record_s32 vsize_vb;
    record_u32 reserved;
    char reason[REMOVAL_REASON_BYTES];
};

struct mempool_replaced_record {
    struct record_header header;
    record_u8 replaced_txid[HASH_BYTES];
    record_u8 replacement_id[HASH_BYTES];
    record_s64 replaced_fee_sat;
    record_u64 replaced_entered_at_s;
    record_s64 replacement_fee_sat;
    record_s32 replaced_vsize_vb;
    record_s32 replacement_vsize_vb;
    record_u32 replacement_is_txid;
    record_u32 reserved;
};

struct mempool_rejected_record {
    struct record_header header;
    record_u8 txid[HASH_BYTES];
    char reason[REJECTION_REASON_BYTES];
};

struct addrman_record { /* attempt_add, move_to_good */
    struct record_header header;
    record_s32 bucket;
    record_s32 bucket_position;
    record_u32 address_as;
    record_u32 source_as;
    record_u32 inserted;
    record_u32 reserved;
    char address[ADDRESS_BYTES];
    char source[ADDRESS_BYTES];
};

/* The value of the map `counters`, one for each tracepoint: fired = captured + dropped. */
struct tracepoint_counters {
    record_u64 captured;
    record_u64 dropped; /* no space in the ring buffer */
};

#endif
