package org.bitcoinwatchdog.detectors.alerting;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Severity;

/**
 * The life of one alert: it starts and grows worse at once, gets better or ends only after it has been better for
 * {@code clearAfter}, and refreshes its evidence at most once a minute, not while it is getting better.
 */
public final class AlertState {
    private static final Severity[] SEVERITIES = Severity.values();

    private final Rule rule;
    private final long clearAfterNs;
    private Severity severity;
    private long startsAtNs;
    private long writtenAtNs;
    private long betterSinceNs;
    private boolean better;

    public AlertState(Rule rule, Duration clearAfter) {
        this.rule = rule;
        this.clearAfterNs = clearAfter.toNanos();
    }

    public boolean firing() {
        return severity != null;
    }

    /**
     * Takes the rule's present judgement.
     *
     * @param found   how bad it is now, empty where nothing is found
     * @param finding asked only when a record is written
     * @return whether the state changed
     */
    public boolean judge(Optional<Severity> found, long nowNs, Supplier<Finding> finding, AlertWriter out) {
        if (severity == null) {
            return found.isPresent() && start(found.get(), nowNs, finding, out);
        }
        int compared = found.map(now -> now.compareTo(severity)).orElse(-1);
        if (compared > 0) {
            return become(found.get(), nowNs, finding, out);
        }
        boolean changed = compared < 0 ? improve(found, nowNs, finding, out) : worsen();
        return refresh(nowNs, finding, out) || changed;
    }

    private boolean start(Severity found, long nowNs, Supplier<Finding> finding, AlertWriter out) {
        startsAtNs = nowNs;
        return become(found, nowNs, finding, out);
    }

    private boolean become(Severity found, long nowNs, Supplier<Finding> finding, AlertWriter out) {
        assert found.compareTo(rule.highest()) <= 0 : rule + " fires with " + found;
        severity = found;
        better = false;
        writtenAtNs = nowNs;
        out.firing(rule, severity, startsAtNs, nowNs, finding.get());
        return true;
    }

    private boolean worsen() {
        boolean wasBetter = better;
        better = false;
        return wasBetter;
    }

    private boolean improve(Optional<Severity> found, long nowNs, Supplier<Finding> finding, AlertWriter out) {
        boolean begins = !better || nowNs < betterSinceNs; // or the clock was set back
        if (begins) {
            better = true;
            betterSinceNs = nowNs;
        }
        if (nowNs - betterSinceNs < clearAfterNs) {
            return begins;
        }
        return found.isPresent() ? become(found.get(), nowNs, finding, out) : end(nowNs, finding, out);
    }

    /**
     * Ends the alert without waiting: nothing follows by which it could end.
     *
     * @return whether the state changed
     */
    public boolean end(long nowNs, Supplier<Finding> finding, AlertWriter out) {
        if (severity == null) {
            return false;
        }
        out.resolved(rule, severity, startsAtNs, nowNs, finding.get());
        severity = null;
        better = false;
        return true;
    }

    private boolean refresh(long nowNs, Supplier<Finding> finding, AlertWriter out) {
        if (severity == null || better || nowNs - writtenAtNs < out.refreshAfterNs()) {
            return false;
        }
        writtenAtNs = nowNs;
        out.firing(rule, severity, startsAtNs, nowNs, finding.get());
        return true;
    }

    public void save(StateWriter out) {
        out.number(severity == null ? -1 : severity.ordinal());
        if (severity != null) {
            out.number(startsAtNs).number(writtenAtNs).flag(better).number(betterSinceNs);
        }
    }

    public void restore(StateReader in) {
        int stored = in.integer();
        severity = stored < 0 || stored >= SEVERITIES.length ? null : SEVERITIES[stored];
        if (stored >= 0) {
            startsAtNs = in.number();
            writtenAtNs = in.number();
            better = in.flag();
            betterSinceNs = in.number();
        }
    }
}
