/* SPDX-License-Identifier: MIT */
#ifndef TEST_SAME_H
#define TEST_SAME_H

#include "player/recording.h"

/* Does the record contain the call's values, up to the caps of record.h, and no flag? */
bool same(const struct record_header *record, const struct call *call);

/* Does a field contain the string, cut to its size if it is longer, and a NUL? */
bool same_string(const char *field, size_t bytes, const char *string);

#endif
