package org.bitcoinwatchdog.deploy.console.model;

import java.util.List;
import java.util.Map;

/**
 * All that the console shows of one node.
 *
 * @param startedMs    when bitcoind was started, 0 where unknown
 * @param misbehaviour peers that misbehaved, by reason
 * @param addrman      null where this bitcoind has no tracepoints of its address manager
 */
public record NodeView(NodeRow row, String version, int pid, String executable, String dataDirectory, long startedMs,
        AccountingView accounting, RatesView rates, PeersView peers, Map<String, Long> misbehaviour, AddressesView addresses,
        AddrmanInsertions.View addrman, List<ScoreView> scores) {
}
