package org.bitcoinwatchdog.detectors.evaluation.injection;

import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RandomSource;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** One AS (with different /16s, as Core requires) or one netgroup takes an outbound slot every three minutes. */
final class OutboundCaptureAttack implements Attack {
    private static final long EVERY_US = 3 * TrafficMinute.LENGTH_US;
    private static final int SAME_AS = 5;
    private static final int SAME_NETGROUP = 2;

    private final RandomSource random = new RandomSource(14);
    private final TimeSpan span;
    private final int slots;
    private final boolean oneNetgroup;
    private int captured;
    private long visibleSinceUs = NOT_YET;

    OutboundCaptureAttack(TimeSpan span, int slots, boolean oneNetgroup) {
        this.span = span;
        this.slots = slots;
        this.oneNetgroup = oneNetgroup;
    }

    /** When it holds enough slots for a warning, or all that it wants. */
    @Override
    public long visibleSinceUs() {
        return visibleSinceUs;
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        boolean turn = node.index() == 0 && span.contains(minute.fromUs())
                && minute.fromUs() >= span.beginUs() + captured * EVERY_US;
        if (!turn || captured == slots) {
            return;
        }
        long at = minute.fromUs() + 1_000_000;
        long lifetimeUs = span.endUs() - at;
        boolean taken = node.captureOutbound(minute, at, oneNetgroup
                ? AddressPlan.INSTANCE.attacker(0, random)
                : AddressPlan.INSTANCE.wideAttacker(captured, random), lifetimeUs);
        if (taken && ++captured == Math.min(slots, oneNetgroup ? SAME_NETGROUP : SAME_AS)) {
            visibleSinceUs = at;
        }
    }
}
