package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Entropy;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.OpenPeer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Slice;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Span;
import org.bitcoinwatchdog.events.ConnectionType;

/**
 * An attacker takes a share of all inbound slots, at a steady pace over the ramp, from groups that each have a /16 and an
 * AS of their own, and holds them to the end. The free slots go first, then Core evicts honest peers.
 */
final class InboundCapture implements Attack {
    private static final double NOTICEABLE = 0.3;

    private final Entropy entropy = new Entropy(13);
    private final Span span;
    private final long rampUs;
    private final double share;
    private final int groups;
    private final List<OpenPeer> held = new ArrayList<>();
    private long visibleSinceUs = NOT_YET;

    InboundCapture(Span span, Duration ramp, double share, int groups) {
        this.span = span;
        this.rampUs = Span.us(ramp);
        this.share = share;
        this.groups = groups;
    }

    /** From when on the attacker has 30 % of the slots. */
    @Override
    public long visibleSinceUs() {
        return visibleSinceUs;
    }

    @Override
    public void act(NodeTraffic node, Slice minute) {
        if (node.index() != 0) {
            return;
        }
        if (span.endsIn(minute)) {
            held.forEach(peer -> node.connections().close(minute, minute.fromUs() + entropy.below(50_000_000), peer));
            held.clear();
        } else if (span.contains(minute.fromUs())) {
            grow(node, minute);
        }
    }

    private void grow(NodeTraffic node, Slice minute) {
        held.removeIf(OpenPeer::closed);
        double progress = Math.min(1, (minute.toUs() - span.beginUs()) / (double) rampUs);
        int wanted = (int) (share * node.inboundSlots() * progress);
        while (held.size() < wanted) {
            long at = entropy.between(minute.fromUs(), minute.toUs());
            node.makeRoom(minute, at);
            held.add(node.connections().openHostile(minute, at, ConnectionType.CONNECTION_TYPE_INBOUND,
                    AddressPlan.INSTANCE.attacker(entropy.below(groups), entropy), span.lengthUs()));
        }
        if (visibleSinceUs == NOT_YET && progress * share >= NOTICEABLE) {
            visibleSinceUs = minute.fromUs();
        }
    }
}
