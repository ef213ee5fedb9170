package org.bitcoinwatchdog.detectors.fleet;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Severity;

/**
 * A {@link FleetDetector} with one alert about each node, compared with the others. The rule judges a node; this class makes
 * the alert of its judgements, and keeps alert and facts of a node while there is a reason to.
 */
public abstract class PerNodeRule<F extends PerNodeRule.Facts> implements FleetDetector {
    private static final int VERSION = 1;

    /** What a rule keeps of a node beside its alert. */
    public abstract static class Facts {
        private boolean changed;

        /** To be called after each change, so that it is saved. */
        protected final void change() {
            changed = true;
        }

        private boolean takeChanged() {
            boolean now = changed;
            changed = false;
            return now;
        }

        /** Whether it must be kept although no alert fires. */
        protected abstract boolean needed();

        protected abstract void save(StateWriter out);

        protected abstract void restore(StateReader in);
    }

    /** The facts of a rule that measures how long something lasts. */
    public static final class Since extends Facts {
        private long ns;
        private boolean lasts;

        /** UNIX nanoseconds by the node's clock at which it began; 0 before. It may be over. */
        public long ns() {
            return ns;
        }

        public boolean lasts() {
            return lasts;
        }

        public void begins(long atNs) {
            if (!lasts || ns != atNs) {
                change();
            }
            ns = atNs;
            lasts = true;
        }

        public void ends() {
            lasts = false;
        }

        /** It is over, and when it began does not matter any more. */
        public void forgotten() {
            if (ns != 0) {
                change();
            }
            ns = 0;
            lasts = false;
        }

        @Override
        protected boolean needed() {
            return lasts;
        }

        @Override
        protected void save(StateWriter out) {
            out.number(ns);
        }

        @Override
        protected void restore(StateReader in) {
            ns = in.number();
            lasts = ns != 0;
        }
    }

    private final class Kept {
        private final AlertState alert = new AlertState(rule, clearAfter);
        private final F facts = noFacts();
    }

    private final Rule rule;
    private final Duration clearAfter;
    private final Map<String, Kept> nodes = new TreeMap<>();

    protected PerNodeRule(Rule rule, Duration clearAfter) {
        this.rule = rule;
        this.clearAfter = clearAfter;
    }

    protected abstract F noFacts();

    /** Whether the rule may begin to keep anything of a node of which it keeps nothing. */
    protected abstract boolean asks(FleetNode node, FleetContext fleet);

    /**
     * Judges the node whose digest it is.
     *
     * @param facts  of the node, to be changed
     * @param firing severity of its alert
     */
    protected abstract Judgement judge(FleetNode node, F facts, Optional<Severity> firing, FleetContext fleet);

    /** What is said when the alert ends. */
    protected abstract Finding over(FleetNode node);

    @Override
    public final boolean on(FleetNode node, FleetContext fleet, FleetAlerts alerts) {
        Kept known = nodes.get(node.name());
        if (known == null && !asks(node, fleet)) {
            return false;
        }
        Kept kept = known == null ? new Kept() : known;
        Judgement now = judge(node, kept.facts, kept.alert.severity(), fleet);
        Facts facts = kept.facts;
        boolean changed = facts.takeChanged() | kept.alert.take(now, node.atNs(), alerts.node(node.name()));
        if (kept.alert.firing() || facts.needed()) {
            nodes.put(node.name(), kept);
            return changed;
        }
        return nodes.remove(node.name()) != null;
    }

    @Override
    public final boolean leavesOut(FleetNode node, FleetAlerts alerts) {
        Kept kept = nodes.remove(node.name());
        return kept != null && (kept.alert.end(node.atNs(), () -> over(node), alerts.node(node.name())) || true);
    }

    @Override
    public final boolean forget(String node) {
        return nodes.remove(node) != null;
    }

    @Override
    public final String section() {
        return rule.key();
    }

    @Override
    public final void save(StateWriter out) {
        out.version(VERSION).each(nodes.entrySet(), (entry, to) -> {
            to.text(entry.getKey());
            entry.getValue().facts.save(to);
            entry.getValue().alert.save(to);
        });
    }

    @Override
    public final void restore(StateReader in) {
        in.version(VERSION);
        in.each(from -> {
            Kept kept = new Kept();
            nodes.put(from.text(), kept);
            kept.facts.restore(from);
            kept.alert.restore(from);
        });
    }
}
