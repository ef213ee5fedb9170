/* SPDX-License-Identifier: MIT */
#include "player/line.h"

#include "player/arena.h"

#include <string.h>

static bool number(struct json *json, union value *value, char type)
{
    bool negative;
    if (!json_integer(json, &value->number, &negative))
        return false;
    int64_t n = value->number;
    bool fits = true;
    if (type == 'i')
        fits = n == (int32_t)n && (n < 0) == negative;
    else if (type == 'w')
        fits = n == (uint32_t)n;
    else if (type == 'l')
        fits = (n < 0) == negative || n == 0;
    /* uint64 accepts negative numbers too: tools with only signed 64-bit integers write large numbers so. */
    return fits || json_fail(json, "number out of the argument's range");
}

static bool string(struct json *json, union value *value)
{
    char text[STRING_ARGUMENT_BYTES];
    size_t length;
    if (!json_string(json, text, sizeof(text), &length))
        return false;
    value->pointer = memcpy(arena_take(length + 1), text, length + 1);
    return true;
}

static bool hash(struct json *json, union value *value)
{
    unsigned char *bytes = arena_take(HASH_BYTES);
    size_t count;
    value->pointer = bytes;
    if (!json_hex(json, bytes, HASH_BYTES, &count))
        return false;
    return count == HASH_BYTES || json_fail(json, "a hash has 32 bytes");
}

/* A tracer reads `size` bytes, so all of them must exist, even if fewer were recorded. */
static bool payload(struct json *json, union value *value, uint64_t size)
{
    struct json ahead = *json;
    size_t recorded;
    if (!json_hex(&ahead, NULL, 0, &recorded))
        return json_fail(json, ahead.problem);
    size_t held = size > recorded ? size : recorded;
    if (held > PAYLOAD_HELD_BYTES)
        held = PAYLOAD_HELD_BYTES;
    unsigned char *bytes = arena_take(held);
    value->pointer = bytes;
    return json_hex(json, bytes, held, &recorded);
}

static bool argument(struct json *json, union value *arguments, int index, char type)
{
    union value *value = &arguments[index];
    if (strchr("shp", type) && json_null(json)) {
        value->pointer = NULL;
        return true;
    }
    switch (type) {
    case 'b':
        return json_boolean(json, &value->number);
    case 's':
        return string(json, value);
    case 'h':
        return hash(json, value);
    case 'p':
        return payload(json, value, arguments[index - 1].number);
    default:
        return number(json, value, type);
    }
}

static bool arguments(struct json *json, struct line *line)
{
    const char *signature = probes[line->tracepoint].signature;
    if (!json_expect(json, '[', "expected a list of arguments"))
        return false;
    for (int i = 0; signature[i]; i++) {
        if (i > 0 && !json_expect(json, ',', "too few arguments"))
            return false;
        if (!argument(json, line->arguments, i, signature[i]))
            return false;
    }
    return json_expect(json, ']', "too many arguments");
}

static bool tracepoint(struct json *json, struct line *line)
{
    char name[64];
    size_t length;
    if (!json_string(json, name, sizeof(name), &length))
        return false;
    line->tracepoint = probe_named(name);
    return line->tracepoint || json_fail(json, "unknown tracepoint");
}

/* The tracepoint defines the arguments and may come after them: `deferred` keeps their position. */
static bool member(struct json *json, struct line *line, unsigned *seen, struct json *deferred)
{
    char key[16];
    size_t length;
    bool negative;
    if (!json_string(json, key, sizeof(key), &length) || !json_expect(json, ':', "expected a colon"))
        return false;
    static const char *const keys[] = {"time_ns", "node", "tracepoint", "args"};
    unsigned which = 0;
    while (which < 4 && strcmp(key, keys[which]) != 0)
        which++;
    if (which == 4)
        return json_fail(json, "unknown key");
    if (*seen & 1u << which)
        return json_fail(json, "key given twice");
    *seen |= 1u << which;
    switch (which) {
    case 0:
        return json_integer(json, &line->time_ns, &negative);
    case 1:
        return json_string(json, line->node, sizeof(line->node), &length);
    case 2:
        return tracepoint(json, line);
    default:
        *deferred = *json;
        return json_skip(json);
    }
}

bool line_parse(struct json *json, struct line *line)
{
    unsigned seen = 0;
    struct json deferred = {0};
    if (!json_expect(json, '{', "expected an object"))
        return false;
    do {
        if (!member(json, line, &seen, &deferred))
            return false;
    } while (json_next_is(json, ','));
    if (!json_expect(json, '}', "expected the object's end") || !json_end(json))
        return false;
    if (seen != 0xf)
        return json_fail(json, "needs time_ns, node, tracepoint, and args");
    if (arguments(&deferred, line))
        return true;
    return json_fail(json, deferred.problem);
}
