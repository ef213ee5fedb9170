package org.bitcoinwatchdog.agent.metrics;

import java.util.List;

/** The P2P message types that Bitcoin Core knows (src/protocol.h, NetMsgType), and that it knew in releases still in use. */
final class MessageTypes {
    static final List<String> KNOWN = List.of(
            "addr", "addrv2", "block", "blocktxn", "cfcheckpt", "cfheaders", "cfilter", "cmpctblock", "feature",
            "feefilter", "filteradd", "filterclear", "filterload", "getaddr", "getblocks", "getblocktxn", "getcfcheckpt",
            "getcfheaders", "getcfilters", "getdata", "getheaders", "headers", "inv", "mempool", "merkleblock", "notfound",
            "ping", "pong", "sendaddrv2", "sendcmpct", "sendheaders", "sendtxrcncl", "tx", "verack", "version",
            "wtxidrelay");

    private MessageTypes() {
    }
}
