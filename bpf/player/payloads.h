/* SPDX-License-Identifier: MIT
 *
 * Made-up payloads of P2P messages, in the protocol's encoding. Each writer returns the number of bytes.
 */
#ifndef PLAYER_PAYLOADS_H
#define PLAYER_PAYLOADS_H

#include <stddef.h>
#include <stdint.h>

/* The largest: 1,000 addresses with Onion v3, or a large transaction. */
#define PAYLOAD_ROOM 65536

struct random {
    uint64_t state;
};

uint64_t random_next(struct random *random);
unsigned random_below(struct random *random, unsigned limit);

typedef size_t payload_writer(unsigned char *payload, struct random *random);

payload_writer write_nothing;
payload_writer write_nonce;           /* ping, pong and feefilter; any number is valid */
payload_writer write_inventory;       /* inv: a few announcements, sometimes many */
payload_writer write_short_inventory; /* getdata, notfound */
payload_writer write_transaction;
payload_writer write_addresses;
payload_writer write_addresses_v2;
payload_writer write_version;
payload_writer write_headers;
payload_writer write_compact_block;
payload_writer write_block_request;   /* getblocktxn */
payload_writer write_compact_offer;   /* sendcmpct */

#endif
