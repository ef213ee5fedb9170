package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * A {@link Detector} with one alert about its node. The rule keeps facts and judges them; this class turns its
 * judgements into the alert.
 */
public abstract class NodeRule implements Detector {
    /** Which change of bitcoind's process resolves an alert. */
    protected enum End {
        NEVER,
        /** bitcoind ended. */
        WHEN_STOPPED,
        /** bitcoind ended, or another process of it is there. */
        WITH_PROCESS
    }

    private final AlertState alert;
    private final Cadence cadence;

    protected NodeRule(Rule rule, Duration clearAfter, Cadence cadence) {
        this.alert = new AlertState(rule, clearAfter);
        this.cadence = cadence;
    }

    /** A rule whose condition builds up over minutes. */
    protected NodeRule(Rule rule, Duration clearAfter) {
        this(rule, clearAfter, Cadence.EVERY_FIVE_SECONDS);
    }

    /**
     * Takes an event that the rule wants.
     *
     * @return whether the state changed
     */
    protected boolean take(NodeEvent event, NodeContext node) {
        return false;
    }

    /** Whether to judge now, after an event, and not only at the next tick. */
    protected boolean judgesNow(NodeContext node) {
        return false;
    }

    /**
     * Called before each judgement.
     *
     * @return whether the state changed
     */
    protected boolean advance(NodeContext node) {
        return false;
    }

    protected abstract Judgement judge(NodeContext node);

    /**
     * bitcoind ended, or another process of it started. Its peers are numbered from 0 again. Counts of the old peers
     * must not fire about the new ones.
     *
     * @return whether the state changed
     */
    protected abstract boolean restarted(NodeContext node);

    /** What resolves the alert at once, without a judgement. */
    protected End end() {
        return End.WHEN_STOPPED;
    }

    /** Text of the alert when it resolves. */
    protected abstract Finding over(NodeContext node);

    /** Saves the rule's facts, which follow the alert. */
    protected void saveFacts(StateWriter out) {
    }

    /** @param version version of the form that {@link #saveFacts} wrote, up to {@link #version()} */
    protected void restoreFacts(StateReader in, int version) {
    }

    /** Number of earlier versions of the saved form in which the alert came after the facts. */
    protected int formerVersions() {
        return 0;
    }

    /** The newest version of the saved form. */
    protected int version() {
        return formerVersions() + 1;
    }

    protected final boolean firing() {
        return alert.firing();
    }

    @Override
    public final Cadence cadence() {
        return cadence;
    }

    @Override
    public final boolean on(NodeEvent event, NodeContext node, AlertWriter alerts) {
        boolean changed = take(event, node);
        return judgesNow(node) ? judge(node, alerts) || changed : changed;
    }

    @Override
    public final boolean tick(NodeContext node, AlertWriter alerts) {
        return judge(node, alerts);
    }

    private boolean judge(NodeContext node, AlertWriter alerts) {
        boolean changed = advance(node);
        return alert.take(judge(node), node.nowNs(), alerts) || changed;
    }

    @Override
    public final boolean restarted(NodeContext node, AlertWriter alerts) {
        boolean changed = restarted(node);
        return end() == End.WITH_PROCESS && alert.end(node.nowNs(), () -> over(node), alerts) || changed;
    }

    @Override
    public final boolean stopped(NodeContext node, AlertWriter alerts) {
        boolean changed = restarted(node);
        return end() != End.NEVER && alert.end(node.nowNs(), () -> over(node), alerts) || changed;
    }

    @Override
    public final String section() {
        return alert.rule().key();
    }

    @Override
    public final void save(StateWriter out) {
        out.version(version());
        alert.save(out);
        saveFacts(out);
    }

    @Override
    public final void restore(StateReader in) {
        int version = in.version(version());
        if (version <= formerVersions()) {
            restoreFacts(in, version);
            alert.restore(in);
        } else {
            alert.restore(in);
            restoreFacts(in, version);
        }
    }
}
