/* SPDX-License-Identifier: MIT */
#ifndef PLAYER_OPTIONS_H
#define PLAYER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

struct options {
    const char *const *paths; /* of recordings, `path_count` of them */
    int path_count;
    const char *node;         /* NULL: all */
    double speed;             /* 0: as fast as possible */
    uint64_t loops;
    bool generate;            /* made-up traffic instead of recordings, `rate` calls a second for `seconds` */
    double rate, seconds;
    double wait_attached_s;   /* below 0: not at all */
    double linger_s;
    bool list;
    bool help;
};

/* False, with the reason on stderr, if the arguments are wrong. */
bool options_parse(struct options *options, int argc, char **argv);

void options_usage(void);

#endif
