package org.bitcoinwatchdog.detectors.fleet;

import java.time.Duration;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Severity;

/** A {@link FleetDetector} with one alert about its network. The rule judges; this class makes the alert of its judgements. */
public abstract class FleetRule implements FleetDetector {
    private static final long SECOND_NS = Duration.ofSeconds(1).toNanos();

    /** How often the rule judges. */
    protected enum Judges {
        AT_EACH_DIGEST,
        /** Looking at all nodes at each digest of each would cost the square of their number. */
        EACH_SECOND
    }

    private final AlertState alert;
    private final Judges judges;
    private long judgedAtNs;

    protected FleetRule(Rule rule, Duration clearAfter, Judges judges) {
        this.alert = new AlertState(rule, clearAfter);
        this.judges = judges;
    }

    /** Whether there is anything to judge at this digest. */
    protected boolean asks(FleetNode node, FleetContext fleet) {
        return true;
    }

    /**
     * Takes a digest before it is judged.
     *
     * @return whether the state changed
     */
    protected boolean take(FleetNode node, FleetContext fleet) {
        return false;
    }

    /** @param node the node whose digest it is: its time is the alert's */
    protected abstract Judgement judge(FleetNode node, FleetContext fleet);

    /** What is kept beside the alert. */
    protected void saveFacts(StateWriter out) {
    }

    /** @param version up to {@link #version()}, of what {@link #saveFacts} wrote */
    protected void restoreFacts(StateReader in, int version) {
    }

    /** The newest version of the saved form. */
    protected int version() {
        return 1;
    }

    protected final boolean firing() {
        return alert.firing();
    }

    /** Of the alert that fires; empty if none does. */
    protected final Optional<Severity> severity() {
        return alert.severity();
    }

    @Override
    public final boolean on(FleetNode node, FleetContext fleet, FleetAlerts alerts) {
        boolean due = judges == Judges.AT_EACH_DIGEST || Math.abs(node.atNs() - judgedAtNs) >= SECOND_NS;
        if (!due || !asks(node, fleet)) {
            return false;
        }
        judgedAtNs = node.atNs();
        boolean changed = take(node, fleet);
        return alert.take(judge(node, fleet), node.atNs(), alerts.fleet()) || changed;
    }

    @Override
    public String section() {
        return alert.rule().key();
    }

    @Override
    public final void save(StateWriter out) {
        out.version(version());
        if (judges == Judges.EACH_SECOND) {
            out.number(judgedAtNs);
        }
        saveFacts(out);
        alert.save(out);
    }

    @Override
    public final void restore(StateReader in) {
        int version = in.version(version());
        if (judges == Judges.EACH_SECOND) {
            judgedAtNs = in.number();
        }
        restoreFacts(in, version);
        alert.restore(in);
    }
}
