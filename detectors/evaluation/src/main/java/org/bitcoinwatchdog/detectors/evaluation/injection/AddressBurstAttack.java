package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RandomSource;
import org.bitcoinwatchdog.detectors.evaluation.traffic.HostileAddresses;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.SimulatedPeer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Traced;
import org.bitcoinwatchdog.events.ConnectionType;

/** July 2021: peers connect, send 500 messages of 10 made-up addresses each within 50 seconds, and leave. */
final class AddressBurstAttack implements Attack {
    private static final int MESSAGES = 500;
    private static final int ENTRIES = 10;
    private static final long EVERY_US = 100_000;
    /** Number of messages after which a peer is 500 entries over what Core accepts. */
    private static final int NOTICEABLE = 51;

    private final RandomSource random = new RandomSource(11);
    private final HostileAddresses addresses = new HostileAddresses(random.split());
    private final TimeSpan span;
    private final int peers;
    private long visibleSinceUs = NOT_YET;

    AddressBurstAttack(TimeSpan span, int peers) {
        this.span = span;
        this.peers = peers;
    }

    @Override
    public long visibleSinceUs() {
        return visibleSinceUs;
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        if (node.index() != 0 || !span.beginsIn(minute)) {
            return;
        }
        for (int i = 0; i < peers; i++) {
            long opened = span.beginUs() + random.below(2_000_000);
            node.makeRoom(minute, opened);
            SimulatedPeer peer = node.connections().openHostile(minute, opened, ConnectionType.CONNECTION_TYPE_INBOUND,
                    AddressPlan.INSTANCE.attacker(i, random), 61_000_000);
            for (int m = 0; m < MESSAGES; m++) {
                long at = opened + 1_000_000 + m * EVERY_US;
                minute.add(at, Traced.INBOUND_MESSAGE, addresses.message(peer.peer(), at, ENTRIES));
            }
            visibleSinceUs = Math.min(visibleSinceUs, opened + 1_000_000 + NOTICEABLE * EVERY_US);
        }
    }
}
