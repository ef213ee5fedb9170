/* SPDX-License-Identifier: MIT */
#include "player/options.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void options_usage(void)
{
    fputs("usage: tracepoint-player [options] RECORDING... [-- ignored arguments]\n"
          "       tracepoint-player [options] --generate mainnet [-- ignored arguments]\n"
          "\n"
          "Fires the tracepoint calls of recordings (JSON lines, plain or gzip; - for the standard input) through\n"
          "real USDT probes with Bitcoin Core's names. The calls are read into memory first.\n"
          "\n"
          "  --speed N|max              N times the recorded pace (default 1), or as fast as possible\n"
          "  --node NAME                only this node's calls\n"
          "  --wait-attached [SECONDS]  first wait until a tracer is attached to every used tracepoint (default 60)\n"
          "  --loop N|forever           play N times\n"
          "  --generate mainnet         play the message mix of a listening node on mainnet instead of a recording\n"
          "  --rate N                   calls a second (default 50) with --generate; above 1000, several at once\n"
          "  --seconds N                how long to play (default 60) with --generate\n"
          "  --linger SECONDS           keep running this long after the last call\n"
          "  --list                     print the nodes and tracepoints of the recordings with their numbers of\n"
          "                             calls, and fire nothing\n"
          "  --help\n"
          "\n"
          "Prints `tracepoint count` for the calls that were made while a tracer was attached, and\n"
          "`not-attached tracepoint count` for the others. Arguments after -- are ignored, so that the process can\n"
          "look like a bitcoind: `-- -regtest -datadir=/tmp/node`.\n"
          "\n"
          "Exit status: 0 played; 1 no usable call, a file that can't be opened, or no tracer within --wait-attached; 2 wrong\n"
          "usage. Broken lines are reported on stderr, counted, and skipped.\n", stdout);
}

static bool wrong(const char *option, const char *expected)
{
    fprintf(stderr, "tracepoint-player: %s expects %s\n", option, expected);
    return false;
}

static bool positive_number(const char *text, double *number)
{
    char *end;
    *number = text ? strtod(text, &end) : 0;
    return text && *text && !*end && isfinite(*number) && *number > 0;
}

static bool speed(const char *text, double *speed)
{
    if (text && strcmp(text, "max") == 0) {
        *speed = 0;
        return true;
    }
    return positive_number(text, speed) || wrong("--speed", "a number above 0, or max");
}

static bool loops(const char *text, uint64_t *loops)
{
    double number;
    if (text && strcmp(text, "forever") == 0) {
        *loops = UINT64_MAX;
        return true;
    }
    if (!positive_number(text, &number) || number != floor(number) || number > 1e18)
        return wrong("--loop", "a whole number above 0, or forever");
    *loops = number;
    return true;
}

/* One option and its value, at *argument. Moves *argument to the last of them. */
static bool option(struct options *options, char ***argument)
{
    const char *name = **argument, *value = (*argument)[1];
    if (strcmp(name, "--list") == 0)
        return options->list = true;
    if (strcmp(name, "--help") == 0)
        return options->help = true;
    if (strcmp(name, "--wait-attached") == 0) {
        if (positive_number(value, &options->wait_attached_s))
            ++*argument;
        else
            options->wait_attached_s = 60;
        return true;
    }
    ++*argument;
    if (strcmp(name, "--speed") == 0)
        return speed(value, &options->speed);
    if (strcmp(name, "--loop") == 0)
        return loops(value, &options->loops);
    if (strcmp(name, "--rate") == 0)
        return positive_number(value, &options->rate) || wrong(name, "calls a second");
    if (strcmp(name, "--seconds") == 0)
        return positive_number(value, &options->seconds) || wrong(name, "seconds above 0");
    if (strcmp(name, "--generate") == 0) {
        options->generate = true;
        return (value && strcmp(value, "mainnet") == 0) || wrong(name, "mainnet");
    }
    if (strcmp(name, "--linger") == 0)
        return positive_number(value, &options->linger_s) || wrong(name, "seconds above 0");
    if (strcmp(name, "--node") == 0)
        return (options->node = value) || wrong(name, "a node's name");
    fprintf(stderr, "tracepoint-player: unknown option %s\n", name);
    return false;
}

bool options_parse(struct options *options, int argc, char **argv)
{
    const char **paths = calloc(argc, sizeof(*paths));
    *options = (struct options){.paths = paths, .speed = 1, .loops = 1, .wait_attached_s = -1, .rate = 50, .seconds = 60};
    for (char **argument = argv + 1; argument < argv + argc && strcmp(*argument, "--") != 0; argument++) {
        if ((*argument)[0] != '-' || strcmp(*argument, "-") == 0)
            paths[options->path_count++] = *argument;
        else if (!option(options, &argument))
            return false;
    }
    if (options->help || options->generate != (options->path_count > 0))
        return true;
    if (options->generate) {
        fprintf(stderr, "tracepoint-player: --generate takes no recording\n");
        return false;
    }
    fprintf(stderr, "tracepoint-player: no recording given; see --help\n");
    return false;
}
