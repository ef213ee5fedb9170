package org.bitcoinwatchdog.deploy.console.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.ChainStatus.Reason;
import org.bitcoinwatchdog.events.ChainStatus.Verdict;

/** The latest verdict about the deposits of each network. */
public final class ChainStatuses {
    private static final int NETWORKS = 64;
    /** As the detectors advise while they can't tell. */
    private static final int ADVISED = 36;

    private final Map<String, ChainStatus> networks = new TreeMap<>();

    public synchronized void fold(ChainStatus status) {
        if (networks.size() < NETWORKS || networks.containsKey(status.network())) {
            networks.put(status.network(), status);
        }
    }

    /** A record without value. */
    public synchronized void forget(String network) {
        networks.remove(network);
    }

    /** In the order of their names; unknown where the latest is not valid any more. */
    public synchronized List<ChainStatus> at(Instant now) {
        return networks.values().stream().map(status -> status.at(now)).toList();
    }

    /** The one of a network; unknown if there is none. */
    public synchronized ChainStatus of(String network, Instant now) {
        ChainStatus known = networks.get(network);
        if (known != null) {
            return known.at(now);
        }
        String why = "The console has read no verdict about this network. Check its name, and that nodes of it are watched.";
        return new ChainStatus(network, Verdict.UNKNOWN, ADVISED, List.of(new Reason(Verdict.UNKNOWN, ADVISED, why, null, null)),
                Map.of(), List.of(), now, now, now);
    }
}
