package org.bitcoinwatchdog.events;

import java.util.List;
import java.util.Set;

/**
 * The P2P message types that Bitcoin Core has in any release still in use (NetMsgType in src/protocol.h). A peer may
 * send any other, so a table with one entry for each type counts those as {@link #OTHER}.
 */
public final class MessageTypes {
    public static final String OTHER = "other";
    public static final List<String> KNOWN = List.of(
            "addr", "addrv2", "block", "blocktxn", "cfcheckpt", "cfheaders", "cfilter", "cmpctblock", "feature",
            "feefilter", "filteradd", "filterclear", "filterload", "getaddr", "getblocks", "getblocktxn", "getcfcheckpt",
            "getcfheaders", "getcfilters", "getdata", "getheaders", "headers", "inv", "mempool", "merkleblock", "notfound",
            "ping", "pong", "sendaddrv2", "sendcmpct", "sendheaders", "sendtxrcncl", "tx", "verack", "version",
            "wtxidrelay");

    private static final Set<String> NAMES = Set.copyOf(KNOWN);

    private MessageTypes() {
    }

    /** The type itself, or {@link #OTHER}. */
    public static String known(String type) {
        return NAMES.contains(type) ? type : OTHER;
    }
}
