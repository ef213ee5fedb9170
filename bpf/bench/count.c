/* SPDX-License-Identifier: MIT
 *
 * The cheapest possible reader of the ring buffer: it only counts records. Prints their number and the CPU time for each,
 * for comparison with a reader that decodes.
 */
#include "player/probes.h"
#include "test/player-process.h"
#include "test/tracing.h"

#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define RING_BYTES (64 << 20)
#define DRAIN_INTERVAL_NS 50000000

static void count(void *context, const struct record_header *record, size_t bytes)
{
    (void)record, (void)bytes;
    ++*(uint64_t *)context;
}

static double cpu_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: count-records RATE SECONDS\n");
        return 2;
    }
    const char *obstacle = tracing_obstacle();
    if (obstacle) {
        fprintf(stderr, "%s\n", obstacle);
        return 1;
    }
    char player[4096], object[4096];
    const char *build = dirname(argv[0]);
    snprintf(player, sizeof(player), "%s/tracepoint-player", build);
    snprintf(object, sizeof(object), "%s/tracer.bpf.o", build);
    struct tracing tracing;
    if (!tracing_load(&tracing, object, RING_BYTES))
        return 1;
    const char *arguments[] = {"--generate", "mainnet", "--rate", argv[1], "--seconds", argv[2], "--wait-attached", NULL};
    pid_t pid = player_start(player, arguments);
    if (!tracing_attach(&tracing, NET_INBOUND_MESSAGE, "on_inbound_message", player, pid)
        || !tracing_attach(&tracing, NET_OUTBOUND_MESSAGE, "on_outbound_message", player, pid)) {
        perror("attach");
        return 1;
    }
    uint64_t records = 0;
    struct rusage usage;
    int status;
    struct timespec pause = {.tv_nsec = DRAIN_INTERVAL_NS};
    double began_ns = cpu_ns();
    bool ended;
    do {
        nanosleep(&pause, NULL);
        ended = player_ended(pid, &status, &usage);
        tracing_drain(&tracing, count, &records);
    } while (!ended);
    double used_ns = cpu_ns() - began_ns;
    tracing_close(&tracing);
    if (records == 0)
        return 1;
    printf("%" PRIu64 " %.1f\n", records, used_ns / records);
    return 0;
}
