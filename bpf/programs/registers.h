/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * The traced thread's registers at the probe, by their offset in the context. The verifier forbids a read of the context at a
 * variable offset.
 */
#ifndef WATCHDOG_REGISTERS_H
#define WATCHDOG_REGISTERS_H

#include "programs/capture.h"

#if defined(__TARGET_ARCH_x86)

/* A copy on the stack, where a variable offset is allowed. It costs half as much as the selection below. */
#define REGISTERS (sizeof(struct pt_regs) / 8)

struct registers {
    __u64 values[REGISTERS];
};

static __always_inline void take_registers(struct registers *registers, struct pt_regs *ctx)
{
#pragma unroll
    for (unsigned i = 0; i < REGISTERS; i++)
        registers->values[i] = ((volatile __u64 *)ctx)[i];
}

static __always_inline __u64 register_at(const struct registers *registers, __u64 offset)
{
    offset &= ~7ULL;
    barrier_var(offset); /* the verifier needs the bound next to the read */
    if (offset > (REGISTERS - 1) * 8)
        return 0;
    return *(volatile __u64 *)((char *)registers->values + offset);
}

#else

/* Too many registers for a copy on the stack: a selection of loads, in assembly so that the compiler does not merge them. */
#define REGISTERS (sizeof(struct user_pt_regs) / 8)

struct registers {
    struct pt_regs *ctx;
};

static __always_inline void take_registers(struct registers *registers, struct pt_regs *ctx)
{
    registers->ctx = ctx;
}

static __always_inline __u64 choose_register(struct pt_regs *ctx, __u64 offset)
{
    __u64 value = 0;
#pragma unroll
    for (unsigned i = 0; i < REGISTERS; i++)
        if (offset == i * 8)
            asm volatile("%0 = *(u64 *)(%1 + %2)" : "=r"(value) : "r"(ctx), "i"(i * 8));
    return value;
}

static __always_inline __u64 register_at(const struct registers *registers, __u64 offset)
{
    return choose_register(registers->ctx, offset);
}

#endif

#endif
