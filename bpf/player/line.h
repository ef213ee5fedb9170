/* SPDX-License-Identifier: MIT */
#ifndef PLAYER_LINE_H
#define PLAYER_LINE_H

#include "player/json.h"
#include "player/recording.h"

struct line {
    int64_t time_ns;
    char node[NODE_NAME_BYTES];
    enum tracepoint tracepoint;
    union value arguments[MOST_ARGUMENTS];
};

/* One line of a recording. False, with json->problem set, if it is broken. Keys in any order, each once, no others. */
bool line_parse(struct json *json, struct line *line);

#endif
