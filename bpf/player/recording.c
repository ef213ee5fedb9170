/* SPDX-License-Identifier: MIT */
#include "player/recording.h"

#include "player/addresses.h"
#include "player/arena.h"
#include "player/line.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

/* A message of 4 MB, the protocol's largest, in hexadecimal, and its neighbours. */
#define LONGEST_LINE_BYTES (16 * 1024 * 1024)
#define MOST_PROBLEMS_TOLD 20
#define MOST_NODES 65535

struct call *recording_add(struct recording *recording)
{
    recording->calls = array_grow(recording->calls, recording->count, &recording->room, sizeof(struct call));
    return memset(&recording->calls[recording->count++], 0, sizeof(struct call));
}

int recording_node(struct recording *recording, const char *name)
{
    for (size_t i = recording->node_count; i-- > 0;)
        if (strcmp(recording->nodes[i], name) == 0)
            return i;
    if (recording->node_count == MOST_NODES)
        return -1;
    recording->nodes = array_grow(recording->nodes, recording->node_count, &recording->node_room, sizeof(char *));
    recording->nodes[recording->node_count] = strcpy(arena_take(strlen(name) + 1), name);
    return recording->node_count++;
}

static void tell_broken(struct recording *recording, const char *path, size_t number, const char *problem)
{
    if (++recording->broken_lines <= MOST_PROBLEMS_TOLD)
        fprintf(stderr, "%s:%zu: %s\n", path, number, problem);
}

/* In calls about a peer, the second argument is its address and the third is the connection's type. */
static void place_address(struct call *call)
{
    union value *arguments = call->arguments;
    if (strncmp(probes[call->tracepoint].signature, "lss", 3) == 0 && arguments[1].pointer && arguments[2].pointer)
        arguments[1].pointer = address_at_its_place(call->node, arguments[1].pointer, arguments[2].pointer);
}

static const char *add_line(struct recording *recording, const char *text, size_t length, const char *only_node)
{
    struct json json = {.at = text, .end = text + length};
    struct line line = {0};
    if (!line_parse(&json, &line))
        return json.problem;
    if (only_node && strcmp(line.node, only_node) != 0)
        return NULL;
    int node = recording_node(recording, line.node);
    if (node < 0)
        return "too many nodes";
    struct call *call = recording_add(recording);
    call->time_ns = line.time_ns;
    call->node = node;
    call->tracepoint = line.tracepoint;
    memcpy(call->arguments, line.arguments, sizeof(call->arguments));
    place_address(call);
    return NULL;
}

struct reader {
    gzFile file;
    char *text; /* the line, without its end */
    size_t length, room;
    bool too_long;
};

/* False at the end of the file, and if it can't be read further. */
static bool next_line(struct reader *reader)
{
    reader->length = 0;
    reader->too_long = false;
    int character;
    while ((character = gzgetc(reader->file)) != -1 && character != '\n') {
        if (reader->length == LONGEST_LINE_BYTES) {
            reader->too_long = true;
            continue;
        }
        reader->text = array_grow(reader->text, reader->length, &reader->room, 1);
        reader->text[reader->length++] = character;
    }
    return character == '\n' || reader->length > 0;
}

static gzFile open_recording(const char *path)
{
    gzFile file = strcmp(path, "-") == 0 ? gzdopen(dup(STDIN_FILENO), "r") : gzopen(path, "r");
    if (!file)
        fprintf(stderr, "tracepoint-player: %s: %s\n", path, strerror(errno));
    return file;
}

bool recording_load(struct recording *recording, const char *path, const char *node)
{
    struct reader reader = {.file = open_recording(path)};
    if (!reader.file)
        return false;
    gzbuffer(reader.file, 1 << 18);
    size_t number = 0;
    while (next_line(&reader)) {
        number++;
        if (reader.length == 0)
            continue;
        const char *problem = reader.too_long
            ? "line too long"
            : add_line(recording, reader.text, reader.length, node);
        if (problem)
            tell_broken(recording, path, number, problem);
    }
    int error;
    const char *problem = gzerror(reader.file, &error);
    if (error != Z_OK && error != Z_STREAM_END)
        tell_broken(recording, path, number + 1, error == Z_ERRNO ? strerror(errno) : problem);
    gzclose(reader.file);
    return true;
}
