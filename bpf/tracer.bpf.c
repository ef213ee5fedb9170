/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * The object that the agent loads: for each tracepoint of Bitcoin Core one program `on_<tracepoint>` that writes one
 * record of record.h into the ring buffer `records`. The loader leaves out what it does not attach.
 */
#include "programs/addrman.h"
#include "programs/blocks-and-coins.h"
#include "programs/connections.h"
#include "programs/mempool.h"
#include "programs/messages.h"
#include "programs/wallet.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";
