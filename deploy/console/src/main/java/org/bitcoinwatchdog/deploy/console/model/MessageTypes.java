package org.bitcoinwatchdog.deploy.console.model;

import java.util.Set;

/** The message types that Bitcoin Core knows (protocol.h, ALL_NET_MESSAGE_TYPES). A peer may send any other. */
final class MessageTypes {
    static final String OTHER = "other";

    private static final Set<String> KNOWN = Set.of(
            "version", "verack", "addr", "addrv2", "sendaddrv2", "inv", "getdata", "merkleblock", "getblocks", "getheaders",
            "tx", "headers", "block", "getaddr", "mempool", "ping", "pong", "notfound", "filterload", "filteradd",
            "filterclear", "sendheaders", "feefilter", "sendcmpct", "cmpctblock", "getblocktxn", "blocktxn", "getcfilters",
            "cfilter", "getcfheaders", "cfheaders", "getcfcheckpt", "cfcheckpt", "wtxidrelay", "sendtxrcncl");

    private MessageTypes() {
    }

    static String known(String type) {
        return KNOWN.contains(type) ? type : OTHER;
    }
}
