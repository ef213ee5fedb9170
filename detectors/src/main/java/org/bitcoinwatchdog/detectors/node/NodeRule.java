package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Severity;

/** A {@link Detector} with one alert about its node that is judged every five seconds: what most rules are. */
public abstract class NodeRule implements Detector {
    private static final int VERSION = 1;

    private final AlertState alert;

    protected NodeRule(Rule rule, Duration clearAfter) {
        this.alert = new AlertState(rule, clearAfter);
    }

    /** Whether {@link #take} asks for such events. */
    protected abstract boolean takes(NodeEvent.BodyCase body, Message.PayloadCase payload);

    /** @return whether what is kept changed */
    protected abstract boolean take(NodeEvent event, NodeContext node);

    /** Called before each judgement. */
    protected boolean advance(NodeContext node) {
        return false;
    }

    /**
     * bitcoind ended, or another process of it is there: its peers are numbered from 0 again, and what was counted of the
     * old ones must not fire about the new ones.
     *
     * @return whether what is kept changed
     */
    protected abstract boolean restarted(NodeContext node);

    protected abstract Optional<Severity> judge(NodeContext node);

    /** The evidence while it is found. */
    protected abstract Finding finding(NodeContext node);

    /** What is said when it ends. */
    protected abstract Finding over(NodeContext node);

    protected abstract void saveFacts(StateWriter out);

    protected abstract void restoreFacts(StateReader in);

    @Override
    public final boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return switch (body) {
            case HEARTBEAT, NODE_STARTED -> true; // show another process
            default -> takes(body, payload);
        };
    }

    /** They tell of what builds up over minutes. */
    @Override
    public final boolean leisurely() {
        return true;
    }

    @Override
    public final boolean on(NodeEvent event, NodeContext node, AlertWriter alerts) {
        boolean changed = node.continuity().restarted() && restarted(node);
        return take(event, node) || changed;
    }

    @Override
    public final boolean tick(NodeContext node, AlertWriter alerts) {
        boolean changed = advance(node);
        Optional<Severity> found = judge(node);
        return alert.judge(found, node.nowNs(), () -> found.isPresent() ? finding(node) : over(node), alerts) || changed;
    }

    @Override
    public final boolean stopped(NodeContext node, AlertWriter alerts) {
        boolean changed = restarted(node);
        return alert.end(node.nowNs(), () -> over(node), alerts) || changed;
    }

    @Override
    public final String section() {
        return alert.rule().key();
    }

    @Override
    public final void save(StateWriter out) {
        out.version(VERSION);
        alert.save(out);
        saveFacts(out);
    }

    @Override
    public final void restore(StateReader in) {
        in.version(VERSION);
        alert.restore(in);
        restoreFacts(in);
    }
}
