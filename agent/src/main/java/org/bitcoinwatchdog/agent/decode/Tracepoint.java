package org.bitcoinwatchdog.agent.decode;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tracepoints in the order of bpf/record.h, whose numbers are the ordinals plus one. */
public enum Tracepoint {
    NET_INBOUND_MESSAGE("net:inbound_message"),
    NET_OUTBOUND_MESSAGE("net:outbound_message"),
    NET_INBOUND_CONNECTION("net:inbound_connection"),
    NET_OUTBOUND_CONNECTION("net:outbound_connection"),
    NET_EVICTED_INBOUND_CONNECTION("net:evicted_inbound_connection"),
    NET_MISBEHAVING_CONNECTION("net:misbehaving_connection"),
    NET_CLOSED_CONNECTION("net:closed_connection"),
    VALIDATION_BLOCK_CONNECTED("validation:block_connected"),
    UTXOCACHE_FLUSH("utxocache:flush"),
    UTXOCACHE_ADD("utxocache:add"),
    UTXOCACHE_SPENT("utxocache:spent"),
    UTXOCACHE_UNCACHE("utxocache:uncache"),
    COIN_SELECTION_SELECTED_COINS("coin_selection:selected_coins"),
    COIN_SELECTION_NORMAL_CREATE_TX_INTERNAL("coin_selection:normal_create_tx_internal"),
    COIN_SELECTION_ATTEMPTING_APS_CREATE_TX("coin_selection:attempting_aps_create_tx"),
    COIN_SELECTION_APS_CREATE_TX_INTERNAL("coin_selection:aps_create_tx_internal"),
    MEMPOOL_ADDED("mempool:added"),
    MEMPOOL_REMOVED("mempool:removed"),
    MEMPOOL_REPLACED("mempool:replaced"),
    MEMPOOL_REJECTED("mempool:rejected"),
    ADDRMAN_ATTEMPT_ADD("addrman:attempt_add"),
    ADDRMAN_MOVE_TO_GOOD("addrman:move_to_good");

    private static final Tracepoint[] BY_ORDINAL = values();
    private static final Map<String, Tracepoint> BY_NAME = Arrays.stream(BY_ORDINAL)
            .collect(Collectors.toUnmodifiableMap(Tracepoint::qualifiedName, Function.identity()));

    private final String qualifiedName;

    Tracepoint(String qualifiedName) {
        this.qualifiedName = qualifiedName;
    }

    /** Context and event as in a recording: {@code net:inbound_message}. */
    public String qualifiedName() {
        return qualifiedName;
    }

    /** The number in bpf/record.h. */
    public int number() {
        return ordinal() + 1;
    }

    /** Null where no tracepoint has that number. */
    public static Tracepoint ofNumber(int number) {
        return number < 1 || number > BY_ORDINAL.length ? null : BY_ORDINAL[number - 1];
    }

    /** Null where no tracepoint has that name. */
    public static Tracepoint ofName(String qualifiedName) {
        return BY_NAME.get(qualifiedName);
    }
}
