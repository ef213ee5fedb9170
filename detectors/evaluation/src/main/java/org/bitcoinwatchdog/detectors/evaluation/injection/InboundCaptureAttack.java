package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RandomSource;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.SimulatedPeer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.events.ConnectionType;

/**
 * An attacker takes a share of all inbound slots, at a steady pace over the ramp, from groups that each have a /16 and an
 * AS of their own, and holds them to the end. The free slots go first, then Core evicts honest peers.
 */
final class InboundCaptureAttack implements Attack {
    private static final double NOTICEABLE = 0.3;

    private final RandomSource random = new RandomSource(13);
    private final TimeSpan span;
    private final long rampUs;
    private final double share;
    private final int groups;
    private final List<SimulatedPeer> held = new ArrayList<>();
    private long visibleSinceUs = NOT_YET;

    InboundCaptureAttack(TimeSpan span, Duration ramp, double share, int groups) {
        this.span = span;
        this.rampUs = TimeSpan.us(ramp);
        this.share = share;
        this.groups = groups;
    }

    /** From when on the attacker has 30 % of the slots. */
    @Override
    public long visibleSinceUs() {
        return visibleSinceUs;
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        if (node.index() != 0) {
            return;
        }
        if (span.endsIn(minute)) {
            held.forEach(peer -> node.connections().close(minute, minute.fromUs() + random.below(50_000_000), peer));
            held.clear();
        } else if (span.contains(minute.fromUs())) {
            grow(node, minute);
        }
    }

    private void grow(NodeTraffic node, TrafficMinute minute) {
        held.removeIf(SimulatedPeer::closed);
        double progress = Math.min(1, (minute.toUs() - span.beginUs()) / (double) rampUs);
        int wanted = (int) (share * node.inboundSlots() * progress);
        while (held.size() < wanted) {
            long at = random.between(minute.fromUs(), minute.toUs());
            node.makeRoom(minute, at);
            held.add(node.connections().openHostile(minute, at, ConnectionType.CONNECTION_TYPE_INBOUND,
                    AddressPlan.INSTANCE.attacker(random.below(groups), random), span.lengthUs()));
        }
        if (visibleSinceUs == NOT_YET && progress * share >= NOTICEABLE) {
            visibleSinceUs = minute.fromUs();
        }
    }
}
