package org.bitcoinwatchdog.detectors.evaluation.benign;

import org.bitcoinwatchdog.detectors.evaluation.traffic.Block;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** One of two witnesses of a healthy node is wrong for a while, twice a day. */
final class WitnessCase implements Disturbance {
    /** How it is wrong. */
    enum WrongWitness {
        /** It shows each block 20 minutes late, for three hours. */
        LAGS,
        /** It gives no answer for three hours. */
        STALLS,
        /** It follows a branch with a tenth of the hash rate for two hours. */
        OTHER_BRANCH
    }

    private static final int WRONG = 1;
    private static final long HALF_DAY_US = 43_200_000_000L;
    private static final long MINUTE_US = 60_000_000L;
    private static final long LATE_US = 20 * MINUTE_US;

    private final TimeSpan span;
    private final WrongWitness fault;

    WitnessCase(TimeSpan span, WrongWitness fault) {
        this.span = span;
        this.fault = fault;
    }

    private boolean fails(WrongWitness how, long atUs) {
        long lastsUs = (how == WrongWitness.OTHER_BRANCH ? 120 : 180) * MINUTE_US;
        return how == fault && span.contains(atUs) && (atUs - span.beginUs()) % HALF_DAY_US < lastsUs;
    }

    @Override
    public long headerReaches(NodeTraffic node, Block block, long atUs) {
        boolean late = node.index() == WRONG && fails(WrongWitness.LAGS, block.atUs());
        boolean unheard = node.index() == WRONG && fails(WrongWitness.STALLS, atUs);
        return unheard ? NEVER : late ? block.atUs() + LATE_US : 0;
    }

    @Override
    public boolean answers(NodeTraffic witness, long atUs) {
        return witness.index() != WRONG || !fails(WrongWitness.STALLS, atUs);
    }

    @Override
    public boolean splits(long atUs) {
        return fails(WrongWitness.OTHER_BRANCH, atUs);
    }

    @Override
    public int miningSide(long atUs) {
        return atUs % 10 == 0 ? 1 : 0;
    }

    @Override
    public int side(NodeTraffic node) {
        return node.index() == WRONG ? 1 : 0;
    }
}
