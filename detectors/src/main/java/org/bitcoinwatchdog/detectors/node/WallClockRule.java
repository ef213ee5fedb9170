package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;

/**
 * A rule about the silence or lateness of a node. It needs the wall clock: a silent node has no event time. It never
 * runs in a replay. Its alerts have the wall clock's time.
 */
public abstract class WallClockRule implements Stateful {
    private static final int VERSION = 1;

    private final AlertState alert;

    protected WallClockRule(Rule rule, Duration clearAfter) {
        alert = new AlertState(rule, clearAfter);
    }

    /**
     * Called before each judgement.
     *
     * @return whether the state changed
     */
    protected boolean advance(Reading reading, NodeContext node) {
        return false;
    }

    protected abstract Judgement judge(Reading reading, NodeContext node);

    /** What is kept beside the alert. */
    protected void saveFacts(StateWriter out) {
    }

    protected void restoreFacts(StateReader in) {
    }

    protected final boolean firing() {
        return alert.firing();
    }

    /**
     * Called every few seconds, even if no event was read.
     *
     * @return whether its state changed, so that it is saved
     */
    public final boolean judge(Reading reading, NodeContext node, AlertWriter alerts) {
        boolean changed = advance(reading, node);
        return alert.take(judge(reading, node), reading.nowNs(), alerts) || changed;
    }

    @Override
    public final String section() {
        return alert.rule().key();
    }

    @Override
    public final void save(StateWriter out) {
        out.version(VERSION);
        saveFacts(out);
        alert.save(out);
    }

    @Override
    public final void restore(StateReader in) {
        in.version(VERSION);
        restoreFacts(in);
        alert.restore(in);
    }
}
