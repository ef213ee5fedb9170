/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * Where the arguments of a tracepoint are when it fires. The loader reads this from the executable's note. It writes one
 * `struct operands` for each place into the map `places`, for the programs. print-layout.c prints the layout.
 */
#ifndef WATCHDOG_OPERANDS_H
#define WATCHDOG_OPERANDS_H

#include "record.h"

#define MOST_OPERANDS 12

enum operand_kind {
    OPERAND_CONSTANT = 0, /* 4@$5: `value` */
    OPERAND_REGISTER = 1, /* 8@%rax: the register at `base` */
    OPERAND_MEMORY = 2,   /* 8@24(%rcx): memory at `base` + `value` */
    OPERAND_INDEXED = 3,  /* 8@8(%r8,%r11,8): memory at `base` + `index` * 2^`scale_bits` + `value` */
};

struct operand {
    record_s64 value;
    record_u16 base, index; /* registers by their offset in the context, bytes: struct pt_regs, user_pt_regs on arm64 */
    record_u8 kind;
    record_u8 scale_bits;
    record_u8 bytes;       /* the argument's size: 1, 2, 4 or 8 */
    record_u8 unused_bits; /* 64 - 8 * bytes */
    record_u8 is_signed;
    record_u8 reserved[7];
};

struct operands {
    record_u32 count;
    record_u32 reserved;
    struct operand operands[MOST_OPERANDS];
};

#endif
