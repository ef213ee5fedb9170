/* SPDX-License-Identifier: MIT
 *
 * Tests the programs in the running kernel with calls from tracepoint-player. It compares the records in the ring buffer with
 * the recording, and the counters with the fired calls.
 *
 * usage: kernel-test BUILD-FOLDER RECORDING...
 */
#include "test/player-process.h"
#include "test/same.h"
#include "test/tracing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LARGE_RING_BYTES (64 << 20)
#define TINY_RING_BYTES (64 << 10)
#define DRAIN_INTERVAL_NS 2000000
#define MOST_DIFFERENCES_TOLD 10

static char player[4096], object[4096], sizes[4096], peers[4096];
static int failures;

static void check(bool holds, const char *what)
{
    printf("%s %s\n", holds ? "ok  " : "FAIL", what);
    failures += !holds;
}

/* Loads the object, plays the recordings, and passes every record to the reader. */
static void trace(struct tracing *tracing, const uint64_t *fired, const char *const *paths, record_reader *reader, void *context)
{
    const char *arguments[64] = {"--speed", "max", "--wait-attached"};
    for (int i = 0; paths[i]; i++)
        arguments[3 + i] = paths[i];
    if (!tracing_load(tracing, object, LARGE_RING_BYTES))
        return check(false, "the object loads");
    pid_t pid = player_start(player, arguments);
    bool attached = tracing_attach_used(tracing, fired, player, pid);
    int status;
    struct rusage usage;
    struct timespec pause = {.tv_nsec = DRAIN_INTERVAL_NS};
    while (!player_ended(pid, &status, &usage)) {
        nanosleep(&pause, NULL);
        tracing_drain(tracing, reader, context);
    }
    tracing_drain(tracing, reader, context);
    check(attached, "a program attaches to each tracepoint");
    check(status == 0, "the player exits with 0");
}

static void load(struct recording *recording, const char *const *paths, uint64_t *fired)
{
    memset(fired, 0, TRACEPOINTS * sizeof(*fired));
    for (int i = 0; paths[i]; i++)
        recording_load(recording, paths[i], NULL);
    for (size_t i = 0; i < recording->count; i++)
        fired[recording->calls[i].tracepoint]++;
}

struct comparison {
    const struct recording *recording;
    size_t next, differences;
    uint64_t last_boot_ns;
    bool time_runs;
};

static void compare(void *context, const struct record_header *record, size_t bytes)
{
    struct comparison *comparison = context;
    const struct recording *recording = comparison->recording;
    (void)bytes;
    comparison->time_runs &= record->boot_ns >= comparison->last_boot_ns;
    comparison->last_boot_ns = record->boot_ns;
    size_t index = comparison->next++;
    if (index < recording->count && same(record, &recording->calls[index]))
        return;
    if (++comparison->differences <= MOST_DIFFERENCES_TOLD)
        printf("     record %zu, %s with flags %u, differs from its call\n", index, probes[record->tracepoint].name, record->flags);
}

static void every_record_equals_its_call(const char *const *paths)
{
    struct recording recording = {0};
    struct comparison comparison = {.recording = &recording, .time_runs = true};
    struct tracing tracing;
    uint64_t fired[TRACEPOINTS];
    bool counters_agree = true;
    load(&recording, paths, fired);
    trace(&tracing, fired, paths, compare, &comparison);
    for (int i = 1; i < TRACEPOINTS; i++) {
        struct tracepoint_counters counters = tracing_counters(&tracing, i);
        counters_agree &= counters.captured == fired[i] && counters.dropped == 0;
    }
    printf("     %zu calls, %zu records\n", recording.count, comparison.next);
    check(comparison.next == recording.count, "as many records as calls");
    check(comparison.differences == 0, "every record equals its call, in order");
    check(comparison.time_runs, "time never goes back");
    check(counters_agree, "captured equals fired for every tracepoint");
    tracing_close(&tracing);
}

/* Payloads around the limits of every size class and cap. */
static void write_sizes(void)
{
    static const char *const types[] = {"addr", "addrv2", "inv", "tx", "notfound", "cmpctblock", "headers", "version", "pong"};
    static const int limits[] = {0, 64, 256, 512, 1024, 2048, 4096, 16384, 32768, 65536};
    FILE *file = fopen(sizes, "w");
    for (size_t type = 0; type < sizeof(types) / sizeof(types[0]); type++)
        for (size_t limit = 0; limit < sizeof(limits) / sizeof(limits[0]); limit++)
            for (int bytes = limits[limit] ? limits[limit] - 1 : 0; bytes <= limits[limit] + 1; bytes++) {
                fprintf(file, "{\"time_ns\":0,\"node\":\"a\",\"tracepoint\":\"net:inbound_message\",\"args\":[1,\"b\",\"c\",\"%s\",%d,\"",
                        types[type], bytes);
                for (int i = 0; i < bytes; i++)
                    fprintf(file, "%02x", (i * 31 + bytes) & 0xff);
                fprintf(file, "\"]}\n");
            }
    fclose(file);
}

/* More peers than the programs remember, in two rounds. The second has the same numbers and addresses with other types. */
static void write_peers(void)
{
    FILE *file = fopen(peers, "w");
    for (int i = 0; i < 20000; i++)
        fprintf(file, "{\"time_ns\":0,\"node\":\"a\",\"tracepoint\":\"net:%s_message\",\"args\":[%d,\"198.51.%d.%d:8333\",\"%s\","
                      "\"ping\",2,\"0102\"]}\n", i % 3 ? "inbound" : "outbound", i % 10000, i % 10000 % 256, i % 10000 / 256,
                i < 10000 ? "inbound" : "block-relay-only");
    fclose(file);
}

struct hostile {
    unsigned flags;
    uint32_t payload_bytes;
    const char *why;
};

/* By line of hostile.jsonl. */
static const struct hostile hostile[] = {
    {RECORD_READ_FAILED, 8, "an address at NULL"},
    {0, PAYLOAD_CAP_SHORT, "a size of 2^63"},
    {0, PAYLOAD_CAP_ADDRESSES, "a size of 2^64-1"},
    {0, PAYLOAD_CAP_LISTS, "a size of 2^32"},
    {RECORD_READ_FAILED, 0, "a payload at NULL"},
    {0, 0, "no payload, at NULL"},
    {RECORD_READ_FAILED, 0, "everything at NULL"},
    {RECORD_STRING_CUT, 1, "a message type that just does not fit"},
    {0, 1, "a message type that just fits"},
    {RECORD_STRING_CUT, 0, "an address that just does not fit"},
    {0, 0, "an address that just fits"},
    {RECORD_STRING_CUT, 0, "three strings of 4,000 characters"},
    {0, 0, "empty strings"},
    {RECORD_READ_FAILED, 0, "a connection's address at NULL"},
    {RECORD_STRING_CUT, 0, "a reason of 4,000 characters"},
    {RECORD_READ_FAILED, 0, "a hash at NULL"},
    {RECORD_READ_FAILED, 0, "two hashes at NULL"},
    {RECORD_READ_FAILED, 0, "a rejection's reason at NULL"},
    {RECORD_READ_FAILED, 0, "a block's hash at NULL"},
};

#define HOSTILE (sizeof(hostile) / sizeof(hostile[0]))

static void check_hostile(void *context, const struct record_header *record, size_t bytes)
{
    size_t *next = context;
    const struct message_record *message = (const void *)record;
    bool is_message = record->tracepoint == NET_INBOUND_MESSAGE || record->tracepoint == NET_OUTBOUND_MESSAGE;
    bool ended = !is_message || (memchr(message->address, 0, ADDRESS_BYTES) && memchr(message->message_type, 0, MESSAGE_TYPE_BYTES)
        && memchr(message->connection_type, 0, CONNECTION_TYPE_BYTES));
    if (*next < HOSTILE) {
        const struct hostile *expected = &hostile[*next];
        check(record->flags == expected->flags && record->payload_bytes == expected->payload_bytes && ended
                  && bytes >= record->payload_bytes, expected->why);
    }
    ++*next;
}

static void hostile_values_are_harmless(void)
{
    const char *paths[] = {"test/hostile.jsonl", NULL};
    struct tracing tracing;
    struct recording recording = {0};
    uint64_t fired[TRACEPOINTS];
    size_t records = 0;
    load(&recording, paths, fired);
    trace(&tracing, fired, paths, check_hostile, &records);
    check(records == HOSTILE, "each call gives a record");
    tracing_close(&tracing);
}

static void count_record(void *context, const struct record_header *record, size_t bytes)
{
    (void)bytes;
    ((uint64_t *)context)[record->tracepoint]++;
}

/* Several players fire into one tiny ring buffer, which is drained too rarely. */
static void fired_is_captured_and_dropped(const char *const *paths)
{
    enum { PLAYERS = 4 };
    const char *arguments[64] = {"--speed", "max", "--wait-attached", "--loop", "5"};
    struct recording recording = {0};
    struct tracing tracing;
    uint64_t fired[TRACEPOINTS], records[TRACEPOINTS] = {0}, dropped = 0;
    bool sums = true, all_read = true;
    pid_t pids[PLAYERS];
    load(&recording, paths, fired);
    for (int i = 0; paths[i]; i++)
        arguments[5 + i] = paths[i];
    if (!tracing_load(&tracing, object, TINY_RING_BYTES))
        return check(false, "the object loads");
    for (int i = 0; i < PLAYERS; i++)
        pids[i] = player_start(player, arguments);
    check(tracing_attach_used(&tracing, fired, player, -1), "a program attaches to each tracepoint of every process");

    int status, statuses = 0;
    struct rusage usage;
    struct timespec pause = {.tv_nsec = DRAIN_INTERVAL_NS};
    for (int i = 0; i < PLAYERS; i++, statuses |= status)
        while (!player_ended(pids[i], &status, &usage)) {
            nanosleep(&pause, NULL);
            tracing_drain(&tracing, count_record, records);
        }
    tracing_drain(&tracing, count_record, records);
    for (int i = 1; i < TRACEPOINTS; i++) {
        struct tracepoint_counters counters = tracing_counters(&tracing, i);
        sums &= counters.captured + counters.dropped == fired[i] * PLAYERS * 5;
        all_read &= counters.captured == records[i];
        dropped += counters.dropped;
    }
    printf("     %zu calls by %d players, %" PRIu64 " dropped\n", recording.count * PLAYERS * 5, PLAYERS, dropped);
    check(statuses == 0, "several players at once exit with 0");
    check(dropped > 0, "a tiny ring buffer overflows");
    check(sums, "fired = captured + dropped for every tracepoint");
    check(all_read, "every captured record was read");
    tracing_close(&tracing);
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: kernel-test BUILD-FOLDER RECORDING...\n");
        return 2;
    }
    const char *obstacle = tracing_obstacle();
    if (obstacle) {
        printf("SKIP kernel-test: %s\n", obstacle);
        return 0;
    }
    snprintf(player, sizeof(player), "%s/tracepoint-player", argv[1]);
    snprintf(object, sizeof(object), "%s/tracer.bpf.o", argv[1]);
    snprintf(sizes, sizeof(sizes), "%s/sizes.jsonl", argv[1]);
    snprintf(peers, sizeof(peers), "%s/peers.jsonl", argv[1]);
    setvbuf(stdout, NULL, _IOLBF, 0);
    write_sizes();
    write_peers();
    every_record_equals_its_call((const char *const *)argv + 2);
    every_record_equals_its_call((const char *const[]){sizes, NULL});
    every_record_equals_its_call((const char *const[]){peers, NULL});
    hostile_values_are_harmless();
    const char *all[64] = {sizes};
    for (int i = 2; i < argc && i < 60; i++)
        all[i - 1] = argv[i];
    fired_is_captured_and_dropped(all);
    unlink(sizes);
    unlink(peers);
    printf("kernel-test: %s\n", failures ? "FAILED" : "passed");
    return failures > 0;
}
