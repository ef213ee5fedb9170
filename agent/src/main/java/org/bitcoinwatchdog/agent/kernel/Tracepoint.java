package org.bitcoinwatchdog.agent.kernel;

import java.util.EnumSet;
import java.util.Set;

/**
 * The tracepoints that bitcoind may have: those of Bitcoin Core's doc/tracing.md, and two of known patched builds. The
 * order is that of {@code enum tracepoint} in bpf/record.h, whose numbers are {@link #number()}.
 */
public enum Tracepoint {
    NET_INBOUND_MESSAGE("net", "inbound_message", true),
    NET_OUTBOUND_MESSAGE("net", "outbound_message", true),
    NET_INBOUND_CONNECTION("net", "inbound_connection", true),
    NET_OUTBOUND_CONNECTION("net", "outbound_connection", true),
    NET_EVICTED_INBOUND_CONNECTION("net", "evicted_inbound_connection", true),
    NET_MISBEHAVING_CONNECTION("net", "misbehaving_connection", true),
    NET_CLOSED_CONNECTION("net", "closed_connection", true),
    VALIDATION_BLOCK_CONNECTED("validation", "block_connected", true),
    UTXOCACHE_FLUSH("utxocache", "flush", true),
    // The next three fire 100,000 times a second during initial block download.
    UTXOCACHE_ADD("utxocache", "add", false),
    UTXOCACHE_SPENT("utxocache", "spent", false),
    UTXOCACHE_UNCACHE("utxocache", "uncache", false),
    COIN_SELECTION_SELECTED_COINS("coin_selection", "selected_coins", false),
    COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL("coin_selection", "normal_create_tx_internal", false),
    COIN_SELECTION_ATTEMPTING_APS_CREATE_TX("coin_selection", "attempting_aps_create_tx", false),
    COIN_SELECTION_APS_CREATE_TX_INTERNAL("coin_selection", "aps_create_tx_internal", false),
    MEMPOOL_ADDED("mempool", "added", true),
    MEMPOOL_REMOVED("mempool", "removed", true),
    MEMPOOL_REPLACED("mempool", "replaced", true),
    MEMPOOL_REJECTED("mempool", "rejected", true),
    ADDRMAN_ATTEMPT_ADD("addrman", "attempt_add", true),
    ADDRMAN_MOVE_TO_GOOD("addrman", "move_to_good", true);

    private final String provider;
    private final String probe;
    private final boolean onByDefault;

    Tracepoint(String provider, String probe, boolean onByDefault) {
        this.provider = provider;
        this.probe = probe;
        this.onByDefault = onByDefault;
    }

    /** The tracepoint's number in records and in the map of counters. */
    public int number() {
        return ordinal() + 1;
    }

    public String provider() {
        return provider;
    }

    public String probe() {
        return probe;
    }

    /** {@code net:inbound_message}. */
    public String fullName() {
        return provider + ":" + probe;
    }

    /** The BPF program's name: {@code on_inbound_message}. */
    public String program() {
        return "on_" + probe;
    }

    public boolean onByDefault() {
        return onByDefault;
    }

    /** Only patched builds of bitcoind have it, so the agent does not warn if it is missing. */
    public boolean inPatchedBuildsOnly() {
        return provider.equals("addrman");
    }

    /** The tracepoints with this full name, or of the provider in {@code net:*}; empty if no tracepoint has it. */
    public static Set<Tracepoint> matching(String name) {
        Set<Tracepoint> matching = EnumSet.noneOf(Tracepoint.class);
        for (Tracepoint tracepoint : values()) {
            if (name.equals(tracepoint.fullName()) || name.equals(tracepoint.provider + ":*")) {
                matching.add(tracepoint);
            }
        }
        return matching;
    }
}
