/* SPDX-License-Identifier: MIT */
#include "player/payloads.h"

#include <string.h>

uint64_t random_next(struct random *random) /* splitmix64 */
{
    uint64_t mixed = random->state += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
    return mixed ^ mixed >> 31;
}

unsigned random_below(struct random *random, unsigned limit)
{
    return random_next(random) % limit;
}

/* 1 and more, with this mean. */
static unsigned geometric(struct random *random, unsigned mean, unsigned most)
{
    unsigned drawn = 1;
    while (drawn < most && random_below(random, mean) > 0)
        drawn++;
    return drawn;
}

struct writer {
    unsigned char *at;
    struct random *random;
};

static void number(struct writer *writer, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        *writer->at++ = value >> 8 * i;
}

static void compact_size(struct writer *writer, unsigned value)
{
    if (value < 0xfd) {
        number(writer, value, 1);
    } else {
        number(writer, 0xfd, 1);
        number(writer, value, 2);
    }
}

static void noise(struct writer *writer, size_t bytes)
{
    for (; bytes >= 8; bytes -= 8)
        number(writer, random_next(writer->random), 8);
    number(writer, random_next(writer->random), bytes);
}

static void header(struct writer *writer)
{
    number(writer, 0x20000000, 4);
    noise(writer, 32); /* previous block */
    noise(writer, 32); /* Merkle root */
    number(writer, 1795361549, 4);
    number(writer, 0x1702355f, 4);
    noise(writer, 4);
}

size_t write_nothing(unsigned char *payload, struct random *random)
{
    (void)payload;
    (void)random;
    return 0;
}

size_t write_nonce(unsigned char *payload, struct random *random)
{
    struct writer writer = {payload, random};
    noise(&writer, 8);
    return writer.at - payload;
}

static size_t inventory(unsigned char *payload, struct random *random, unsigned count)
{
    struct writer writer = {payload, random};
    compact_size(&writer, count);
    for (unsigned i = 0; i < count; i++) {
        number(&writer, 5, 4); /* MSG_WTX */
        noise(&writer, 32);
    }
    return writer.at - payload;
}

size_t write_inventory(unsigned char *payload, struct random *random)
{
    return inventory(payload, random, geometric(random, 12, 1000));
}

size_t write_short_inventory(unsigned char *payload, struct random *random)
{
    return inventory(payload, random, geometric(random, 3, 1000));
}

size_t write_transaction(unsigned char *payload, struct random *random)
{
    struct writer writer = {payload, random};
    noise(&writer, random_below(random, 50) ? 190 + geometric(random, 250, 2000) : 5000 + random_below(random, 20000));
    return writer.at - payload;
}

/* Most are relayed, one or a few; a whole answer to getaddr is rare. */
static unsigned addresses(struct random *random)
{
    return random_below(random, 200) ? geometric(random, 2, 10) : 1000;
}

size_t write_addresses(unsigned char *payload, struct random *random)
{
    struct writer writer = {payload, random};
    unsigned count = addresses(random);
    compact_size(&writer, count);
    for (unsigned i = 0; i < count; i++) {
        number(&writer, 1795361549 - random_below(random, 86400), 4);
        number(&writer, 0x409, 8);
        memcpy(writer.at, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
        writer.at += 12;
        noise(&writer, 4);
        memcpy(writer.at, "\x20\x8d", 2); /* port 8333, big-endian */
        writer.at += 2;
    }
    return writer.at - payload;
}

size_t write_addresses_v2(unsigned char *payload, struct random *random)
{
    static const struct {
        unsigned id, bytes;
    } networks[] = {{1, 4}, {1, 4}, {2, 16}, {4, 32}, {5, 32}}; /* IPv4, IPv6, Onion v3, I2P */
    struct writer writer = {payload, random};
    unsigned count = addresses(random);
    compact_size(&writer, count);
    for (unsigned i = 0; i < count; i++) {
        unsigned network = random_below(random, 5);
        number(&writer, 1795361549 - random_below(random, 86400), 4);
        compact_size(&writer, 0xc09);
        number(&writer, networks[network].id, 1);
        compact_size(&writer, networks[network].bytes);
        noise(&writer, networks[network].bytes);
        memcpy(writer.at, "\x20\x8d", 2);
        writer.at += 2;
    }
    return writer.at - payload;
}

size_t write_version(unsigned char *payload, struct random *random)
{
    static const char agent[] = "/Satoshi:29.0.0/";
    struct writer writer = {payload, random};
    number(&writer, 70016, 4);
    number(&writer, 0xc09, 8);
    number(&writer, 1795361549, 8);
    for (int i = 0; i < 2; i++) { /* our address and theirs, which Core leaves empty */
        number(&writer, 0xc09, 8);
        memset(writer.at, 0, 18);
        writer.at += 18;
    }
    noise(&writer, 8);
    compact_size(&writer, sizeof(agent) - 1);
    memcpy(writer.at, agent, sizeof(agent) - 1);
    writer.at += sizeof(agent) - 1;
    number(&writer, 921000 + random_below(random, 100), 4);
    number(&writer, 1, 1);
    return writer.at - payload;
}

size_t write_headers(unsigned char *payload, struct random *random)
{
    struct writer writer = {payload, random};
    unsigned count = random_below(random, 20) ? 1 : 800;
    compact_size(&writer, count);
    for (unsigned i = 0; i < count; i++) {
        header(&writer);
        number(&writer, 0, 1);
    }
    return writer.at - payload;
}

size_t write_compact_block(unsigned char *payload, struct random *random)
{
    struct writer writer = {payload, random};
    unsigned count = 1500 + random_below(random, 3000);
    header(&writer);
    noise(&writer, 8); /* nonce */
    compact_size(&writer, count);
    noise(&writer, count * 6);
    compact_size(&writer, 1); /* the coinbase comes with it, at index 0 */
    compact_size(&writer, 0);
    noise(&writer, 200);
    return writer.at - payload;
}

size_t write_block_request(unsigned char *payload, struct random *random)
{
    struct writer writer = {payload, random};
    unsigned count = geometric(random, 4, 100);
    noise(&writer, 32);
    compact_size(&writer, count);
    for (unsigned i = 0; i < count; i++)
        compact_size(&writer, random_below(random, 200));
    return writer.at - payload;
}

size_t write_compact_offer(unsigned char *payload, struct random *random)
{
    struct writer writer = {payload, random};
    number(&writer, random_below(random, 2), 1);
    number(&writer, 2, 8);
    return writer.at - payload;
}
