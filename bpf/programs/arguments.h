/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * The arguments of a call, and what they point to in the process. Whatever can't be read is left zero and told in
 * `flags`: a pointer of the traced process is only ever an address to try.
 *
 * libbpf's bpf_usdt_arg() looks the argument's description up for each argument and reads registers through a helper,
 * which is most of what a small program costs. Here the description is looked up once and registers come straight
 * from the context; only operands in memory cost a read. Operands that are neither are left to libbpf.
 */
#ifndef WATCHDOG_ARGUMENTS_H
#define WATCHDOG_ARGUMENTS_H

#include "programs/registers.h"

struct call {
    struct pt_regs *ctx;
    struct __bpf_usdt_spec *description; /* NULL: libbpf knows none, so there are no arguments */
    __u16 flags;
    union {
        struct registers registers;
        __u64 scratch[19]; /* free once the last argument is taken: the stack has 512 bytes in all */
    };
};

static __always_inline void begin(struct call *call, struct pt_regs *ctx)
{
    int id = __bpf_usdt_spec_id(ctx);
    call->ctx = ctx;
    call->flags = 0;
    take_registers(&call->registers, ctx);
    call->description = id < 0 ? NULL : bpf_map_lookup_elem(&__bpf_usdt_specs, &id);
}

/* The argument with this number, from 0; one shorter than 64 bits comes extended as its type demands. */
static __always_inline __u64 argument(struct call *call, __u32 number)
{
    struct __bpf_usdt_spec *description = call->description;
    if (!description || number >= BPF_USDT_MAX_ARG_CNT || (short)number >= description->arg_cnt) {
        call->flags |= RECORD_ARGUMENT_FAILED;
        return 0;
    }
    struct __bpf_usdt_arg_spec *operand = &description->args[number];
    __u64 value = operand->val_off;
    switch (operand->arg_type) {
    case BPF_USDT_ARG_CONST:
        break;
    case BPF_USDT_ARG_REG:
        value = register_at(&call->registers, operand->reg_off);
        break;
    case BPF_USDT_ARG_REG_DEREF:
        if (bpf_probe_read_user(&value, sizeof(value), (void *)(register_at(&call->registers, operand->reg_off) + value))) {
            call->flags |= RECORD_ARGUMENT_FAILED;
            return 0;
        }
        break;
    default:
        if (bpf_usdt_arg(call->ctx, number, (long *)&value))
            call->flags |= RECORD_ARGUMENT_FAILED;
        return value;
    }
    value <<= operand->arg_bitshift;
    return operand->arg_signed ? (__u64)((__s64)value >> operand->arg_bitshift) : value >> operand->arg_bitshift;
}

/* A C string into a field of `bytes`; always ends with NUL. */
static __always_inline void read_string(struct call *call, char *field, __u32 bytes, __u64 address)
{
    long length = bpf_probe_read_user_str(field, bytes, (const void *)address);
    if (length <= 0) {
        field[0] = 0;
        call->flags |= RECORD_READ_FAILED;
    } else if (length == bytes) {
        /* Either it fits to the last byte, or it goes on: the byte that NUL replaced tells. */
        char last = 0;
        bpf_probe_read_user(&last, 1, (const void *)(address + bytes - 1));
        if (last)
            call->flags |= RECORD_STRING_CUT;
    }
}

static __always_inline void read_hash(struct call *call, record_u8 *field, __u64 address)
{
    /* A failed read leaves zeroes. */
    if (bpf_probe_read_user(field, HASH_BYTES, (const void *)address))
        call->flags |= RECORD_READ_FAILED;
}

#endif
