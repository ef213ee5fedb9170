package org.bitcoinwatchdog.detectors.peers;

import java.util.Optional;
import org.bitcoinwatchdog.detectors.network.AddressText;
import org.bitcoinwatchdog.detectors.network.Netgroup;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.Peer;

/** What rules need of a closed connection, which is no longer among the open ones. */
final class Endings {
    private static final long NS_PER_S = 1_000_000_000L;

    private Endings() {
    }

    /** How long it was open; 0 if unknown. */
    static long ageNs(EndedConnection ended, long nowNs) {
        long openedAtNs = ended.getConnectedAtS() * NS_PER_S;
        return openedAtNs == 0 ? 0 : Math.max(0, nowNs - openedAtNs);
    }

    /** Empty for peers that are not evidence (see Netgroup). */
    static Optional<Netgroup> netgroup(Peer peer) {
        return AddressText.parse(peer.getAddress()).flatMap(Netgroup::of);
    }
}
