/* SPDX-License-Identifier: MIT */
#include "player/json.h"

#include <string.h>

bool json_fail(struct json *json, const char *problem)
{
    if (!json->problem)
        json->problem = problem;
    return false;
}

static void pass_space(struct json *json)
{
    while (json->at < json->end && strchr(" \t\r\n", *json->at) && *json->at)
        json->at++;
}

bool json_next_is(struct json *json, char character)
{
    pass_space(json);
    if (json->at == json->end || *json->at != character)
        return false;
    json->at++;
    return true;
}

bool json_expect(struct json *json, char character, const char *problem)
{
    return json_next_is(json, character) || json_fail(json, problem);
}

bool json_end(struct json *json)
{
    pass_space(json);
    return json->at == json->end || json_fail(json, "something follows the object");
}

static bool next_word_is(struct json *json, const char *word)
{
    pass_space(json);
    size_t length = strlen(word);
    if ((size_t)(json->end - json->at) < length || memcmp(json->at, word, length) != 0)
        return false;
    json->at += length;
    return true;
}

bool json_integer(struct json *json, int64_t *value, bool *negative)
{
    *negative = json_next_is(json, '-');
    const char *first = json->at;
    uint64_t sum = 0;
    while (json->at < json->end && *json->at >= '0' && *json->at <= '9') {
        if (__builtin_mul_overflow(sum, 10, &sum) || __builtin_add_overflow(sum, *json->at - '0', &sum))
            return json_fail(json, "number out of range");
        json->at++;
    }
    if (json->at == first)
        return json_fail(json, "expected an integer");
    if (*first == '0' && json->at - first > 1)
        return json_fail(json, "number with a leading zero");
    if (json->at < json->end && strchr(".eE", *json->at) && *json->at)
        return json_fail(json, "expected an integer, not a fraction");
    if (*negative && sum > (uint64_t)1 << 63)
        return json_fail(json, "number out of range");
    *value = (int64_t)(*negative ? -sum : sum);
    return true;
}

bool json_boolean(struct json *json, int64_t *value)
{
    *value = next_word_is(json, "true");
    return *value || next_word_is(json, "false") || json_fail(json, "expected true or false");
}

bool json_null(struct json *json)
{
    return next_word_is(json, "null");
}

static int hex_digit(char character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    if (character >= 'a' && character <= 'f')
        return character - 'a' + 10;
    if (character >= 'A' && character <= 'F')
        return character - 'A' + 10;
    return -1;
}

/* The four digits of a \u escape. */
static bool code_unit(struct json *json, uint32_t *unit)
{
    if (json->end - json->at < 4)
        return json_fail(json, "broken \\u escape");
    *unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(*json->at++);
        if (digit < 0)
            return json_fail(json, "broken \\u escape");
        *unit = *unit << 4 | digit;
    }
    return true;
}

static bool code_point(struct json *json, uint32_t *point)
{
    if (!code_unit(json, point))
        return false;
    if (*point == 0)
        return json_fail(json, "NUL in a string");
    if (*point < 0xd800 || *point > 0xdfff)
        return true;
    uint32_t low;
    if (*point > 0xdbff || json->end - json->at < 2 || json->at[0] != '\\' || json->at[1] != 'u')
        return json_fail(json, "half of a surrogate pair");
    json->at += 2;
    if (!code_unit(json, &low))
        return false;
    if (low < 0xdc00 || low > 0xdfff)
        return json_fail(json, "half of a surrogate pair");
    *point = 0x10000 + ((*point - 0xd800) << 10) + (low - 0xdc00);
    return true;
}

static size_t utf8(uint32_t point, char *bytes)
{
    if (point < 0x80) {
        bytes[0] = point;
        return 1;
    }
    size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, point >>= 6)
        bytes[i] = 0x80 | (point & 0x3f);
    bytes[0] = (0xf00 >> length) | point;
    return length;
}

/* One character of a string, as one to four bytes. */
static bool character(struct json *json, char *bytes, size_t *length)
{
    static const char escapes[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    *length = 1;
    *bytes = *json->at++;
    if ((unsigned char)*bytes < 0x20)
        return json_fail(json, "control character in a string");
    if (*bytes != '\\')
        return true;
    if (json->at == json->end)
        return json_fail(json, "string without an end");
    char escape = *json->at++;
    if (escape == 'u') {
        uint32_t point;
        if (!code_point(json, &point))
            return false;
        *length = utf8(point, bytes);
        return true;
    }
    const char *found = escape ? strchr(escapes, escape) : NULL;
    if (!found)
        return json_fail(json, "unknown escape");
    *bytes = meant[found - escapes];
    return true;
}

bool json_string(struct json *json, char *text, size_t bytes, size_t *length)
{
    if (!json_expect(json, '"', "expected a string"))
        return false;
    *length = 0;
    while (json->at < json->end && *json->at != '"') {
        char read[4];
        size_t count;
        if (!character(json, read, &count))
            return false;
        if (*length + count >= bytes)
            return json_fail(json, "string too long");
        memcpy(text + *length, read, count);
        *length += count;
    }
    text[*length] = 0;
    return json_expect(json, '"', "string without an end");
}

bool json_hex(struct json *json, unsigned char *bytes, size_t room, size_t *count)
{
    if (!json_expect(json, '"', "expected a string"))
        return false;
    for (*count = 0; json->end - json->at >= 2 && *json->at != '"'; ++*count, json->at += 2) {
        int high = hex_digit(json->at[0]), low = hex_digit(json->at[1]);
        if (high < 0 || low < 0)
            return json_fail(json, "expected bytes in hexadecimal");
        if (*count < room)
            bytes[*count] = high << 4 | low;
    }
    return json_expect(json, '"', "string without an end");
}

static bool skip_string(struct json *json)
{
    while (json->at < json->end && *json->at != '"')
        json->at += *json->at == '\\' && json->end - json->at > 1 ? 2 : 1;
    return json_expect(json, '"', "string without an end");
}

bool json_skip(struct json *json)
{
    int depth = 0;
    do {
        pass_space(json);
        if (json->at == json->end)
            return json_fail(json, "value without an end");
        char first = *json->at++;
        if (first == '"') {
            if (!skip_string(json))
                return false;
        } else if (first == '[' || first == '{') {
            depth++;
        } else if (first == ']' || first == '}') {
            depth--;
        } else if (depth == 0) {
            while (json->at < json->end && !strchr(",}] \t\r\n", *json->at))
                json->at++;
        }
    } while (depth > 0);
    return depth == 0 || json_fail(json, "expected a value");
}
