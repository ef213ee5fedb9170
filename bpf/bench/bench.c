/* SPDX-License-Identifier: MIT
 *
 * What a fired message tracepoint costs the traced process, in nanoseconds of its CPU time, for payloads of several
 * types and sizes: with our program, and with one that does nothing, in turns.
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
#define CALLS 1000 /* in a recording, which is looped */
#define ROUNDS 5
#define DISCARD_INTERVAL_NS 5000000

struct message {
    const char *type;
    size_t payload_bytes;
    int loops;
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

/* CPU seconds of a player whose calls go to this program of this object, or to nobody. */
static double measure(const char *object, const char *program, int loops)
{
    struct tracing tracing = {0};
    char times[16];
    snprintf(times, sizeof(times), "%d", loops);
    const char *arguments[] = {recording, "--speed", "max", "--loop", times, object ? "--wait-attached" : NULL, NULL};
    if (object && !tracing_load(&tracing, object, RING_BYTES))
        exit(1);
    pid_t pid = player_start(player, arguments);
    if (object && !tracing_attach(&tracing, NET_INBOUND_MESSAGE, program, player, pid)) {
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
    if (tracing.consumer) {
        struct tracepoint_counters counters = tracing_counters(&tracing, NET_INBOUND_MESSAGE);
        if (counters.captured != (uint64_t)loops * CALLS)
            fprintf(stderr, "dropped %" PRIu64 " of %" PRIu64 "\n", counters.dropped, counters.captured + counters.dropped);
    }
    if (object)
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

static void compare(const struct message *message)
{
    double ours[ROUNDS], empty[ROUNDS], ns = 1e9 / ((double)CALLS * message->loops);
    write_recording(message);
    double untraced = measure(NULL, NULL, message->loops);
    for (int i = 0; i < ROUNDS; i++) {
        empty[i] = (measure(empty_object, "empty", message->loops) - untraced) * ns;
        ours[i] = (measure(tracer_object, "on_inbound_message", message->loops) - untraced) * ns;
    }
    double of_ours = median(ours), of_empty = median(empty);
    printf("%-12s %8zu %10.0f %10.0f %8.2f\n", message->type, message->payload_bytes, of_empty, of_ours, of_ours / of_empty);
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
    for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
        compare(&messages[i]);
    unlink(recording);
    return 0;
}
