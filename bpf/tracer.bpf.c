/* SPDX-License-Identifier: MIT OR GPL-2.0-only
 *
 * The object that the agent loads. Each tracepoint of Bitcoin Core has one program `on_<tracepoint>`, which writes one record of
 * record.h into the ring buffer `records`. The loader leaves out the programs that it does not attach.
 */
#include "programs/addrman.h"
#include "programs/blocks-and-coins.h"
#include "programs/connections.h"
#include "programs/mempool.h"
#include "programs/messages.h"
#include "programs/wallet.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";
