package org.bitcoinwatchdog.detectors.evaluation.traffic;

import org.bitcoinwatchdog.events.MisbehavingConnection;

/**
 * Broken clients among the peers. They send what breaks the protocol, and Core disconnects them. No figures of real nodes
 * have been published: the rates are a judgement.
 */
final class Misbehaviour {
    private static final double A_DAY_LISTENING = 3;
    private static final double A_DAY_OUTBOUND_ONLY = 0.3;
    private static final double MINUTES_A_DAY = 1_440;
    private static final String[] REASONS = {"invalid header received", "non-continuous headers sequence", "getdata message size = 50001"};

    private final RandomSource random;
    private final double perMinute;

    Misbehaviour(NodeKind kind, RandomSource random) {
        this.random = random;
        perMinute = (kind == NodeKind.LISTENING ? A_DAY_LISTENING : A_DAY_OUTBOUND_ONLY) / MINUTES_A_DAY;
    }

    void fill(NodeTraffic node, TrafficMinute slice) {
        SimulatedPeer peer = random.chance(perMinute) ? node.connections().any(random) : null;
        if (peer != null) {
            long atUs = peer.within(slice, random);
            slice.add(atUs, Traced.MISBEHAVING, MisbehavingConnection.newBuilder()
                    .setPeerId(peer.peer.getId()).setReason(REASONS[random.below(REASONS.length)]).build());
            node.connections().close(slice, atUs + 1_000, peer);
        }
    }
}
