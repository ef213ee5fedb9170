/* SPDX-License-Identifier: MIT */
#include "player/probes.h"

#include <string.h>

#define SDT_USE_VARIADIC 1
#define _SDT_HAS_SEMAPHORES 1

/* sys/sdt.h refers to a probe's semaphore by this name; tracers find it through the probe's ELF note. */
#define SEMAPHORE(provider, name) \
    unsigned short provider##_##name##_semaphore __attribute__((section(".probes")))

SEMAPHORE(net, inbound_message);
SEMAPHORE(net, outbound_message);
SEMAPHORE(net, inbound_connection);
SEMAPHORE(net, outbound_connection);
SEMAPHORE(net, evicted_inbound_connection);
SEMAPHORE(net, misbehaving_connection);
SEMAPHORE(net, closed_connection);
SEMAPHORE(validation, block_connected);
SEMAPHORE(utxocache, flush);
SEMAPHORE(utxocache, add);
SEMAPHORE(utxocache, spent);
SEMAPHORE(utxocache, uncache);
SEMAPHORE(coin_selection, selected_coins);
SEMAPHORE(coin_selection, normal_create_tx_internal);
SEMAPHORE(coin_selection, attempting_aps_create_tx);
SEMAPHORE(coin_selection, aps_create_tx_internal);
SEMAPHORE(mempool, added);
SEMAPHORE(mempool, removed);
SEMAPHORE(mempool, replaced);
SEMAPHORE(mempool, rejected);
SEMAPHORE(addrman, attempt_add);
SEMAPHORE(addrman, move_to_good);

#include <sys/sdt.h>

#define FIRE(provider, name, ...)                                \
    static void fire_##provider##_##name(const union value *a)   \
    {                                                            \
        STAP_PROBEV(provider, name, __VA_ARGS__);                \
    }

/* In bitcoind most operands are registers with a value that was just computed. Without this, the compiler would name the
 * memory of `a` instead, which costs a tracer one more read for each. */
#define OPERAND(type, member, n)           \
    ({                                     \
        type operand = (type)a[n].member;  \
        __asm__("" : "+r"(operand));       \
        operand;                           \
    })

#define INT64(n) OPERAND(int64_t, number, n)
#define UINT64(n) OPERAND(uint64_t, number, n)
#define INT32(n) OPERAND(int32_t, number, n)
#define UINT32(n) OPERAND(uint32_t, number, n)
#define BOOL(n) OPERAND(bool, number, n)
#define STRING(n) OPERAND(const char *, pointer, n)
#define BYTES(n) OPERAND(const unsigned char *, pointer, n)

FIRE(net, inbound_message, INT64(0), STRING(1), STRING(2), STRING(3), UINT64(4), BYTES(5))
FIRE(net, outbound_message, INT64(0), STRING(1), STRING(2), STRING(3), UINT64(4), BYTES(5))
FIRE(net, inbound_connection, INT64(0), STRING(1), STRING(2), UINT32(3), UINT64(4))
FIRE(net, outbound_connection, INT64(0), STRING(1), STRING(2), UINT32(3), UINT64(4))
FIRE(net, evicted_inbound_connection, INT64(0), STRING(1), STRING(2), UINT32(3), UINT64(4))
FIRE(net, misbehaving_connection, INT64(0), STRING(1))
FIRE(net, closed_connection, INT64(0), STRING(1), STRING(2), UINT32(3), UINT64(4))
FIRE(validation, block_connected, BYTES(0), INT32(1), UINT64(2), INT32(3), UINT64(4), UINT64(5))
FIRE(utxocache, flush, INT64(0), UINT32(1), UINT64(2), UINT64(3), BOOL(4))
FIRE(utxocache, add, BYTES(0), UINT32(1), UINT32(2), INT64(3), BOOL(4))
FIRE(utxocache, spent, BYTES(0), UINT32(1), UINT32(2), INT64(3), BOOL(4))
FIRE(utxocache, uncache, BYTES(0), UINT32(1), UINT32(2), INT64(3), BOOL(4))
FIRE(coin_selection, selected_coins, STRING(0), STRING(1), INT64(2), INT64(3), INT64(4))
FIRE(coin_selection, normal_create_tx_internal, STRING(0), BOOL(1), INT64(2), INT32(3))
FIRE(coin_selection, attempting_aps_create_tx, STRING(0))
FIRE(coin_selection, aps_create_tx_internal, STRING(0), BOOL(1), BOOL(2), INT64(3), INT32(4))
FIRE(mempool, added, BYTES(0), INT32(1), INT64(2))
FIRE(mempool, removed, BYTES(0), STRING(1), INT32(2), INT64(3), UINT64(4))
FIRE(mempool, replaced, BYTES(0), INT32(1), INT64(2), UINT64(3), BYTES(4), INT32(5), INT64(6), BOOL(7))
FIRE(mempool, rejected, BYTES(0), STRING(1))
FIRE(addrman, attempt_add, BOOL(0), INT32(1), INT32(2), STRING(3), UINT32(4), STRING(5), UINT32(6))
FIRE(addrman, move_to_good, INT32(0), INT32(1), STRING(2), UINT32(3), STRING(4), UINT32(5))

#define PROBE(provider, name, signature) \
    {#provider ":" #name, signature, fire_##provider##_##name, &provider##_##name##_semaphore}

const struct probe probes[TRACEPOINTS] = {
    [NET_INBOUND_MESSAGE] = PROBE(net, inbound_message, "lsssup"),
    [NET_OUTBOUND_MESSAGE] = PROBE(net, outbound_message, "lsssup"),
    [NET_INBOUND_CONNECTION] = PROBE(net, inbound_connection, "lsswu"),
    [NET_OUTBOUND_CONNECTION] = PROBE(net, outbound_connection, "lsswu"),
    [NET_EVICTED_INBOUND_CONNECTION] = PROBE(net, evicted_inbound_connection, "lsswu"),
    [NET_MISBEHAVING_CONNECTION] = PROBE(net, misbehaving_connection, "ls"),
    [NET_CLOSED_CONNECTION] = PROBE(net, closed_connection, "lsswu"),
    [VALIDATION_BLOCK_CONNECTED] = PROBE(validation, block_connected, "hiuiuu"),
    [UTXOCACHE_FLUSH] = PROBE(utxocache, flush, "lwuub"),
    [UTXOCACHE_ADD] = PROBE(utxocache, add, "hwwlb"),
    [UTXOCACHE_SPENT] = PROBE(utxocache, spent, "hwwlb"),
    [UTXOCACHE_UNCACHE] = PROBE(utxocache, uncache, "hwwlb"),
    [COIN_SELECTION_SELECTED_COINS] = PROBE(coin_selection, selected_coins, "sslll"),
    [COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL] = PROBE(coin_selection, normal_create_tx_internal, "sbli"),
    [COIN_SELECTION_ATTEMPTING_APS_CREATE_TX] = PROBE(coin_selection, attempting_aps_create_tx, "s"),
    [COIN_SELECTION_APS_CREATE_TX_INTERNAL] = PROBE(coin_selection, aps_create_tx_internal, "sbbli"),
    [MEMPOOL_ADDED] = PROBE(mempool, added, "hil"),
    [MEMPOOL_REMOVED] = PROBE(mempool, removed, "hsilu"),
    [MEMPOOL_REPLACED] = PROBE(mempool, replaced, "hiluhilb"),
    [MEMPOOL_REJECTED] = PROBE(mempool, rejected, "hs"),
    [ADDRMAN_ATTEMPT_ADD] = PROBE(addrman, attempt_add, "biiswsw"),
    [ADDRMAN_MOVE_TO_GOOD] = PROBE(addrman, move_to_good, "iiswsw"),
};

enum tracepoint probe_named(const char *name)
{
    for (int i = 1; i < TRACEPOINTS; i++)
        if (strcmp(probes[i].name, name) == 0)
            return i;
    return 0;
}
