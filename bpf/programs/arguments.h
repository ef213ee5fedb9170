/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * The arguments of a call, and what they point to in the process. Whatever can't be read is left zero and told in
 * `flags`: a pointer of the traced process is only ever an address to try.
 */
#ifndef WATCHDOG_ARGUMENTS_H
#define WATCHDOG_ARGUMENTS_H

#include "programs/capture.h"

/* The argument with this number, from 0; arguments shorter than 64 bits come extended by their own sign. */
static __always_inline __u64 argument(struct pt_regs *ctx, __u64 number, __u16 *flags)
{
    long value = 0;
    if (bpf_usdt_arg(ctx, number, &value))
        *flags |= RECORD_ARGUMENT_FAILED;
    return value;
}

/* A C string into a field of `bytes`; always ends with NUL. */
static __always_inline void read_string(char *field, __u32 bytes, __u64 address, __u16 *flags)
{
    long length = bpf_probe_read_user_str(field, bytes, (const void *)address);
    if (length <= 0) {
        field[0] = 0;
        *flags |= RECORD_READ_FAILED;
    } else if (length == bytes) {
        /* Either it fits to the last byte, or it goes on: the byte that NUL replaced tells. */
        char last = 0;
        bpf_probe_read_user(&last, 1, (const void *)(address + bytes - 1));
        if (last)
            *flags |= RECORD_STRING_CUT;
    }
}

static __always_inline void read_hash(record_u8 *field, __u64 address, __u16 *flags)
{
    /* A failed read leaves zeroes. */
    if (bpf_probe_read_user(field, HASH_BYTES, (const void *)address))
        *flags |= RECORD_READ_FAILED;
}

#endif
