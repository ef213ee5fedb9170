/* SPDX-License-Identifier: MIT
 *
 * A strict parser for the JSON of a recording's lines. Every function moves `at` past what it read and returns true, or sets
 * `problem` and returns false. It skips white space before a value.
 */
#ifndef PLAYER_JSON_H
#define PLAYER_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json {
    const char *at;
    const char *end;
    const char *problem;
};

bool json_fail(struct json *json, const char *problem);

/* Is this character next? If so, skips it. */
bool json_next_is(struct json *json, char character);
bool json_expect(struct json *json, char character, const char *problem);

/* Nothing but white space follows. */
bool json_end(struct json *json);

/* -2^63 .. 2^64-1, no fraction, no exponent; above 2^63 as two's complement. `negative` tells them apart. */
bool json_integer(struct json *json, int64_t *value, bool *negative);
bool json_boolean(struct json *json, int64_t *value);

/* Is `null` next? If so, skips it. */
bool json_null(struct json *json);

/* Into `text` (room for `bytes`, NUL included): UTF-8, escapes resolved. NUL inside is refused: C strings can't hold it. */
bool json_string(struct json *json, char *text, size_t bytes, size_t *length);

/* The bytes of a string in hexadecimal: their number, and the first of them, at most `room`. */
bool json_hex(struct json *json, unsigned char *bytes, size_t room, size_t *count);

/* Skips any value, which the caller reads later. */
bool json_skip(struct json *json);

#endif
