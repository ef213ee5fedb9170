package org.bitcoinwatchdog.detectors.evaluation.traffic;

/** Core pings each peer every two minutes (PING_INTERVAL), and its peers do the same. */
final class Pings {
    static final long INTERVAL_US = 120_000_000;
    /** Sometimes a round trip is longer than the peer's usual one. */
    private static final double SLOW = 0.01;

    private final RandomSource random;
    private final long signUs;

    Pings(Fidelity fidelity, RandomSource random) {
        signUs = fidelity.sign().toNanos() / 1_000;
        this.random = random;
    }

    void fill(NodeTraffic node, TrafficMinute slice) {
        for (int i = 0; i < node.connections().size(); i++) {
            SimulatedPeer peer = node.connections().get(i);
            if (peer.pings) {
                long ours = next(peer, slice, INTERVAL_US, 0);
                if (ours >= 0) {
                    exchange(peer, slice, ours, true);
                }
                long theirs = next(peer, slice, INTERVAL_US, 43_000_000);
                if (theirs >= 0) {
                    exchange(peer, slice, theirs, false);
                }
            } else {
                long sign = next(peer, slice, signUs, 0);
                if (sign >= 0) {
                    slice.add(sign, Traced.INBOUND_MESSAGE, Messages.ping(peer.peer, sign));
                }
            }
        }
    }

    /** The time of a peer's ping in this minute; -1 if it has none. */
    private static long next(SimulatedPeer peer, TrafficMinute slice, long everyUs, long phaseUs) {
        long at = slice.fromUs() + Math.floorMod(peer.openedUs + phaseUs - slice.fromUs(), everyUs);
        return at < slice.toUs() && slice.rounded(at) > peer.openedUs && at < peer.closesUs ? slice.rounded(at) : -1;
    }

    /** A ping and its pong. The node answers at once. */
    void exchange(SimulatedPeer peer, TrafficMinute slice, long at, boolean ours) {
        long nonce = random.bits();
        long tookUs = ours ? (long) (peer.roundTripUs * (random.chance(SLOW) ? 5 : 0.9 + 0.2 * random.uniform())) : 200;
        slice.add(at, ours ? Traced.OUTBOUND_MESSAGE : Traced.INBOUND_MESSAGE, Messages.ping(peer.peer, nonce));
        slice.add(at + tookUs, ours ? Traced.INBOUND_MESSAGE : Traced.OUTBOUND_MESSAGE, Messages.pong(peer.peer, nonce));
    }
}
