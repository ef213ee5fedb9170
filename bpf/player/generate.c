/* SPDX-License-Identifier: MIT */
#include "player/generate.h"

#include "player/addresses.h"
#include "player/arena.h"
#include "player/payloads.h"

#include <stdio.h>
#include <string.h>

#define MOST_CALLS 65536
#define MS_PER_S 1000
#define NS_PER_MS 1000000
#define PEERS 125
#define OUTBOUND_PEERS 10
#define BLOCK_RELAY_PEERS 2

struct kind {
    const char *type;
    unsigned an_hour; /* both directions: medians of a listening node, early 2025; those below `estimate` are not measured */
    payload_writer *write;
};

static const struct kind kinds[] = {
    {"inv", 55179, write_inventory},
    {"tx", 33064, write_transaction},
    {"getdata", 16867, write_short_inventory},
    {"ping", 4750, write_nonce},
    {"pong", 4750, write_nonce},
    {"addrv2", 1271, write_addresses_v2},
    {"addr", 997, write_addresses},
    {"version", 800, write_version},
    {"headers", 150, write_headers},
    {"cmpctblock", 21, write_compact_block},
    {"getblocktxn", 5, write_block_request},
    /* estimate */
    {"verack", 800, write_nothing},
    {"wtxidrelay", 700, write_nothing},
    {"sendaddrv2", 700, write_nothing},
    {"getaddr", 400, write_nothing},
    {"sendcmpct", 800, write_compact_offer},
    {"feefilter", 3000, write_nonce},
    {"notfound", 1500, write_short_inventory},
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

struct peer {
    const char *address, *connection_type;
};

static void invent_peers(struct peer *peers, struct random *random)
{
    for (int i = 0; i < PEERS; i++) {
        char *text = arena_take(32);
        snprintf(text, 32, "%u.%u.%u.%u:%u", 1 + random_below(random, 223), random_below(random, 256), random_below(random, 256),
                 random_below(random, 256), i < OUTBOUND_PEERS ? 8333 : 1024 + random_below(random, 64000));
        peers[i].connection_type = i < BLOCK_RELAY_PEERS ? "block-relay-only" : i < OUTBOUND_PEERS ? "outbound-full-relay" : "inbound";
        peers[i].address = address_at_its_place(0, text, peers[i].connection_type);
    }
}

static const struct kind *draw_kind(struct random *random)
{
    unsigned all = 0, kind = 0;
    for (size_t i = 0; i < KINDS; i++)
        all += kinds[i].an_hour;
    unsigned drawn = random_below(random, all);
    while (drawn >= kinds[kind].an_hour)
        drawn -= kinds[kind++].an_hour;
    return &kinds[kind];
}

static void invent_message(struct call *call, const struct peer *peers, struct random *random)
{
    static unsigned char scratch[PAYLOAD_ROOM];
    unsigned peer = random_below(random, PEERS);
    const struct kind *kind = draw_kind(random);
    size_t size = kind->write(scratch, random);
    size_t held = size > PAYLOAD_HELD_BYTES ? PAYLOAD_HELD_BYTES : size;
    call->tracepoint = random_below(random, 2) ? NET_INBOUND_MESSAGE : NET_OUTBOUND_MESSAGE;
    call->arguments[0].number = peer;
    call->arguments[1].pointer = peers[peer].address;
    call->arguments[2].pointer = peers[peer].connection_type;
    call->arguments[3].pointer = kind->type;
    call->arguments[4].number = size;
    call->arguments[5].pointer = memcpy(arena_take(held), scratch, held);
}

void generate_mainnet(struct recording *recording, double rate, uint64_t calls)
{
    struct random random = {.state = 2009};
    struct peer peers[PEERS];
    recording_node(recording, "mainnet");
    invent_peers(peers, &random);
    if (calls < 1)
        calls = 1;
    if (calls > MOST_CALLS)
        calls = MOST_CALLS;
    for (uint64_t i = 0; i < calls; i++) {
        struct call *call = recording_add(recording);
        call->time_ns = (int64_t)(i * MS_PER_S / rate) * NS_PER_MS; /* a sleep for each call would cost more than the call */
        invent_message(call, peers, &random);
    }
}
