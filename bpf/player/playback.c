/* SPDX-License-Identifier: MIT */
#include "player/playback.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

#define NS_PER_S 1000000000LL
#define ATTACH_POLL_NS 5000000
/* A tracer's kernel raises the semaphore some milliseconds before the tracer's program is in place. */
#define ATTACH_SETTLE_NS 300000000

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

void playback_stop_on_signals(void)
{
    struct sigaction action = {.sa_handler = stop}; /* no SA_RESTART: sleep ends too */
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * NS_PER_S + now.tv_nsec;
}

static void sleep_until(int64_t due_ns)
{
    struct timespec due = {.tv_sec = due_ns / NS_PER_S, .tv_nsec = due_ns % NS_PER_S};
    while (!stopped && now_ns() < due_ns)
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
}

static size_t count_unattached(const bool *used, bool tell)
{
    size_t missing = 0;
    for (int i = 1; i < TRACEPOINTS; i++) {
        if (!used[i] || probe_attached(i))
            continue;
        missing++;
        if (tell)
            fprintf(stderr, "tracepoint-player: nothing attached to %s\n", probes[i].name);
    }
    return missing;
}

bool playback_wait_attached(const struct recording *recording, double seconds)
{
    bool used[TRACEPOINTS] = {0};
    for (size_t i = 0; i < recording->count; i++)
        used[recording->calls[i].tracepoint] = true;
    int64_t deadline_ns = now_ns() + (int64_t)(seconds * NS_PER_S);
    while (!stopped && count_unattached(used, false) > 0 && now_ns() < deadline_ns)
        sleep_until(now_ns() + ATTACH_POLL_NS);
    if (count_unattached(used, true) > 0)
        return false;
    sleep_until(now_ns() + ATTACH_SETTLE_NS);
    return true;
}

static void play_call(const struct call *call, struct tally *tally)
{
    if (probe_attached(call->tracepoint)) {
        probes[call->tracepoint].fire(call->arguments);
        tally->fired[call->tracepoint]++;
    } else {
        tally->not_attached[call->tracepoint]++;
    }
}

void playback_run(const struct recording *recording, double speed, uint64_t calls, struct tally *tally)
{
    const struct call *first = recording->calls, *last = first + recording->count - 1;
    int64_t began_ns = now_ns(), loop_began_ns = 0;
    const struct call *call = first;
    for (uint64_t i = 0; i < calls && !stopped; i++) {
        if (speed > 0)
            sleep_until(began_ns + (int64_t)((loop_began_ns + call->time_ns - first->time_ns) / speed));
        if (!stopped)
            play_call(call, tally);
        if (call++ == last) {
            loop_began_ns += last->time_ns - first->time_ns;
            call = first;
        }
    }
}

void playback_linger(double seconds)
{
    sleep_until(now_ns() + (int64_t)(seconds * NS_PER_S));
}

void tally_print(const struct tally *tally)
{
    for (int i = 1; i < TRACEPOINTS; i++)
        if (tally->fired[i])
            printf("%s %" PRIu64 "\n", probes[i].name, tally->fired[i]);
    for (int i = 1; i < TRACEPOINTS; i++)
        if (tally->not_attached[i])
            printf("not-attached %s %" PRIu64 "\n", probes[i].name, tally->not_attached[i]);
}
