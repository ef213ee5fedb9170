/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * The baseline: an empty program. It costs what an attached probe costs before its program does anything.
 */
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <stdbool.h>

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

SEC("uprobe")
int empty(struct pt_regs *ctx)
{
    (void)ctx;
    return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
