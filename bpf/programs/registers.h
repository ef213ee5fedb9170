/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * The traced thread's registers at the probe, by their offset in the context. The verifier allows no read of the context
 * at an offset that is a variable.
 */
#ifndef WATCHDOG_REGISTERS_H
#define WATCHDOG_REGISTERS_H

#include "programs/capture.h"

#if defined(__TARGET_ARCH_x86)

/* A copy on the stack, which may be read so; it costs half of what the choice below does. */
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
    barrier_var(offset); /* the verifier wants to see the bound beside the read */
    if (offset > (REGISTERS - 1) * 8)
        return 0;
    return *(volatile __u64 *)((char *)registers->values + offset);
}

#else

/* So many that the stack has no room for a copy: a choice of loads, in assembly lest the compiler make one load of them. */
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
