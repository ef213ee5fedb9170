/* SPDX-License-Identifier: MIT
 *
 * Measures what a fired message tracepoint costs the traced process, in nanoseconds of its CPU time. It does so for
 * payloads of several types and sizes, and for the mix on mainnet. Our program and an empty one take turns.
 */
#include "player/probes.h"
#include "test/player-process.h"
#include "test/tracing.h"

#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define RING_BYTES (64 << 20)
#define CALLS 1000 /* in a recording, which is played in a loop */
#define ROUNDS 5
#define DISCARD_INTERVAL_NS 5000000
#define MIX_CALLS 600000
#define MIX_RATE "60000" /* calls a second: MIX_CALLS in 10 s. --speed max plays them faster */

struct message {
    const char *type;
    size_t payload_bytes;
    int loops;
};

/* What a player fires. */
struct load {
    const char *arguments[9];
    uint64_t calls;
    bool outbound; /* as well as inbound */
};

/* What is attached to a player. */
struct tracer {
    const char *object, *inbound, *outbound;
};

static char player[4096], tracer_object[4096], empty_object[4096], recording[4096];

static void write_recording(const struct message *message)
{
    FILE *file = fopen(recording, "w");
    if (!file) {
        perror(recording);
        exit(1);
    }
    for (int i = 0; i < CALLS; i++) {
        fprintf(file, "{\"time_ns\":%d,\"node\":\"bench\",\"tracepoint\":\"net:inbound_message\",\"args\":[%d,"
                      "\"203.0.113.%d:8333\",\"outbound-full-relay\",\"%s\",%zu,\"", i, i % 125, i % 125,
                message->type, message->payload_bytes);
        for (size_t byte = 0; byte < message->payload_bytes; byte++)
            fprintf(file, "%02x", (unsigned)(byte * 7 + i) & 0xff);
        fprintf(file, "\"]}\n");
    }
    fclose(file);
}

static double cpu_seconds(const struct rusage *usage)
{
    return usage->ru_utime.tv_sec + usage->ru_stime.tv_sec + (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
}

static bool attach(struct tracing *tracing, const struct tracer *tracer, const struct load *load, pid_t pid)
{
    return tracing_attach(tracing, NET_INBOUND_MESSAGE, tracer->inbound, player, pid)
        && (!load->outbound || tracing_attach(tracing, NET_OUTBOUND_MESSAGE, tracer->outbound, player, pid));
}

static void tell_dropped(const struct tracing *tracing, const struct load *load)
{
    struct tracepoint_counters inbound = tracing_counters(tracing, NET_INBOUND_MESSAGE);
    struct tracepoint_counters outbound = tracing_counters(tracing, NET_OUTBOUND_MESSAGE);
    if (inbound.captured + outbound.captured != load->calls)
        fprintf(stderr, "dropped %" PRIu64 " of %" PRIu64 "\n", inbound.dropped + outbound.dropped, load->calls);
}

/* CPU seconds of a player whose calls go to this tracer, or to no tracer. */
static double measure(const struct tracer *tracer, const struct load *load)
{
    struct tracing tracing = {0};
    const char *arguments[sizeof(load->arguments) / sizeof(load->arguments[0]) + 1];
    size_t count = 0;
    for (; load->arguments[count]; count++)
        arguments[count] = load->arguments[count];
    arguments[count] = tracer ? "--wait-attached" : NULL;
    arguments[count + 1] = NULL;
    if (tracer && !tracing_load(&tracing, tracer->object, RING_BYTES))
        exit(1);
    pid_t pid = player_start(player, arguments);
    if (tracer && !attach(&tracing, tracer, load, pid)) {
        perror("attach");
        exit(1);
    }
    struct rusage usage;
    int status;
    struct timespec pause = {.tv_nsec = DISCARD_INTERVAL_NS};
    while (!player_ended(pid, &status, &usage)) {
        nanosleep(&pause, NULL);
        if (tracing.consumer)
            tracing_discard(&tracing);
    }
    if (tracing.consumer)
        tell_dropped(&tracing, load);
    if (tracer)
        tracing_close(&tracing);
    return cpu_seconds(&usage);
}

static int ascending(const void *a, const void *b)
{
    double difference = *(const double *)a - *(const double *)b;
    return (difference > 0) - (difference < 0);
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof(*values), ascending);
    return values[ROUNDS / 2];
}

static void compare(const char *name, const char *bytes, const struct load *load)
{
    const struct tracer empty = {empty_object, "empty", "empty"};
    const struct tracer ours = {tracer_object, "on_inbound_message", "on_outbound_message"};
    double of_empty[ROUNDS], of_ours[ROUNDS], ns = 1e9 / load->calls;
    double untraced = measure(NULL, load);
    for (int i = 0; i < ROUNDS; i++) {
        of_empty[i] = (measure(&empty, load) - untraced) * ns;
        of_ours[i] = (measure(&ours, load) - untraced) * ns;
    }
    double empty_ns = median(of_empty), ours_ns = median(of_ours);
    printf("%-12s %8s %10.0f %10.0f %8.2f\n", name, bytes, empty_ns, ours_ns, ours_ns / empty_ns);
}

static void compare_message(const struct message *message)
{
    char times[16], bytes[16];
    snprintf(times, sizeof(times), "%d", message->loops);
    snprintf(bytes, sizeof(bytes), "%zu", message->payload_bytes);
    const struct load load = {
        .arguments = {recording, "--speed", "max", "--loop", times},
        .calls = (uint64_t)message->loops * CALLS,
    };
    write_recording(message);
    compare(message->type, bytes, &load);
}

static void compare_mix(void)
{
    const struct load load = {
        .arguments = {"--generate", "mainnet", "--rate", MIX_RATE, "--seconds", "10", "--speed", "max"},
        .calls = MIX_CALLS,
        .outbound = true,
    };
    compare("mainnet", "mix", &load);
}

int main(int argc, char **argv)
{
    static const struct message messages[] = {
        {"ping", 8, 600}, {"inv", 37, 600}, {"inv", 181, 600}, {"tx", 400, 600}, {"addrv2", 30, 600},
        {"inv", 1261, 400}, {"headers", 4096, 300}, {"addrv2", 16000, 100}, {"addr", 30003, 50},
    };
    const char *build = argc > 1 ? argv[1] : dirname(argv[0]);
    snprintf(player, sizeof(player), "%s/tracepoint-player", build);
    snprintf(tracer_object, sizeof(tracer_object), "%s/tracer.bpf.o", build);
    snprintf(empty_object, sizeof(empty_object), "%s/bench/bench.bpf.o", build);
    snprintf(recording, sizeof(recording), "%s/bench.jsonl", build);
    const char *obstacle = tracing_obstacle();
    if (obstacle) {
        printf("SKIP: %s\n", obstacle);
        return 0;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("%-12s %8s %10s %10s %8s\n", "message", "bytes", "empty, ns", "ours, ns", "ratio");
    compare_mix();
    for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
        compare_message(&messages[i]);
    unlink(recording);
    return 0;
}
