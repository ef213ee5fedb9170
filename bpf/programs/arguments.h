/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * The arguments of a call, and what they point to in the process. A value that can't be read is zero and sets `flags`. A
 * pointer of the traced process may be invalid.
 *
 * The location of an argument is data, because it differs between builds. The loader reads it from the executable's note and
 * writes a `struct operands` (operands.h) for each place that fires the tracepoint. It attaches the program there, with the
 * place's number as the cookie. A call looks up its description once. Registers come from the context; only operands in memory
 * cost a read.
 *
 * Everything is inlined. If a program calls its own functions, the verifier of kernels before 6.5 compares every number exactly
 * and tries all combinations. It gives up on a message program after 1,000,000 instructions.
 */
#ifndef WATCHDOG_ARGUMENTS_H
#define WATCHDOG_ARGUMENTS_H

#include "programs/registers.h"

#include "operands.h"

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 64); /* the loader resizes it to the places that it attaches to */
    __type(key, __u32);
    __type(value, struct operands);
} places SEC(".maps");

struct call {
    const struct operands *operands; /* NULL: the loader has described no operands, so there are no arguments */
    __u16 flags;
    struct registers registers;
};

static __always_inline void begin(struct call *call, struct pt_regs *ctx)
{
    __u32 place = bpf_get_attach_cookie(ctx);
    call->flags = 0;
    take_registers(&call->registers, ctx);
    call->operands = bpf_map_lookup_elem(&places, &place);
}

/* The argument with this number, from 0. A shorter one is extended to 64 bits by the rules of its type. */
static __always_inline __u64 argument(struct call *call, __u32 number)
{
    const struct operands *operands = call->operands;
    if (!operands || number >= MOST_OPERANDS || number >= operands->count) {
        call->flags |= RECORD_ARGUMENT_FAILED;
        return 0;
    }
    const struct operand *operand = &operands->operands[number];
    __u64 value = operand->value;
    if (operand->kind == OPERAND_REGISTER) {
        value = register_at(&call->registers, operand->base);
    } else if (operand->kind != OPERAND_CONSTANT) {
        __u64 address = value + register_at(&call->registers, operand->base);
        if (operand->kind == OPERAND_INDEXED)
            address += register_at(&call->registers, operand->index) << (operand->scale_bits & 63);
        __u32 bytes = operand->bytes;
        value = 0;
        if (bytes > sizeof(value) || bpf_probe_read_user(&value, bytes, (const void *)address)) {
            call->flags |= RECORD_ARGUMENT_FAILED;
            return 0;
        }
    }
    __u64 unused_bits = operand->unused_bits & 63;
    value <<= unused_bits;
    return operand->is_signed ? (__u64)((__s64)value >> unused_bits) : value >> unused_bits;
}

/* A C string into a field of `bytes`; always ends with NUL. */
static __always_inline void read_string(struct call *call, char *field, __u32 bytes, __u64 address)
{
    long length = bpf_probe_read_user_str(field, bytes, (const void *)address);
    if (length <= 0) {
        field[0] = 0;
        if (length) /* before Linux 6.2 an empty string has the length 0, its NUL not counted */
            call->flags |= RECORD_READ_FAILED;
    } else if (length == bytes) {
        /* It either fits exactly or continues. The byte that NUL replaced decides. */
        char last = 0;
        bpf_probe_read_user(&last, 1, (const void *)(address + bytes - 1));
        if (last)
            call->flags |= RECORD_STRING_CUT;
    }
}

static __always_inline void read_hash(struct call *call, record_u8 *field, __u64 address)
{
    /* A failed read leaves zeros. */
    if (bpf_probe_read_user(field, HASH_BYTES, (const void *)address))
        call->flags |= RECORD_READ_FAILED;
}

#endif
