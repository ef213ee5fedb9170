package org.bitcoinwatchdog.detectors.alerting;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Severity;

/**
 * The life of one alert. It starts and becomes more severe at once. It becomes less severe or ends only after it has been
 * better for {@code clearAfter}. Its evidence is written again once a minute, and within seconds if it grew ({@link Growth}),
 * but not while it is getting better.
 */
public final class AlertState {
    private static final Severity[] SEVERITIES = Severity.values();
    /** A flood starts with one peer. Growth within this time goes into one update. */
    private static final long LOOK_AGAIN_NS = 2_000_000_000L;
    private static final long GROWS_EVERY_NS = 30_000_000_000L;
    /** Added to the stored severity by states that know of growth. */
    private static final int WITH_GROWTH = 16;

    private final Rule rule;
    private final long clearAfterNs;
    private Severity severity;
    private long startsAtNs;
    private long writtenAtNs;
    private long betterSinceNs;
    private boolean better;
    private final Growth growth = new Growth();
    /** When the evidence was last written because it grew, or 0. */
    private long grewAtNs;
    private long lookedAtNs;

    public AlertState(Rule rule, Duration clearAfter) {
        this.rule = rule;
        this.clearAfterNs = clearAfter.toNanos();
    }

    public Rule rule() {
        return rule;
    }

    public boolean firing() {
        return severity != null;
    }

    /** When the alert that fires began; 0 before the first. */
    public long startsAtNs() {
        return startsAtNs;
    }

    /** The severity of the alert; empty if it does not fire. */
    public Optional<Severity> severity() {
        return Optional.ofNullable(severity);
    }

    /**
     * Takes the rule's present judgement.
     *
     * @return whether the state changed
     */
    public boolean take(Judgement now, long nowNs, AlertWriter out) {
        return switch (now.effect()) {
            case JUDGED -> judge(now.severity(), nowNs, now.finding(), out);
            case OVER -> end(nowNs, now.finding(), out);
            case UNDECIDED -> false;
        };
    }

    /**
     * As {@link #take}.
     *
     * @param found   the severity now, empty if nothing is found
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
        grewAtNs = 0;
        return become(found, nowNs, finding, out);
    }

    private boolean become(Severity found, long nowNs, Supplier<Finding> finding, AlertWriter out) {
        assert found.compareTo(rule.highest()) <= 0 : rule + " fires with " + found;
        severity = found;
        better = false;
        Finding now = finding.get();
        growth.tell(now.evidence());
        write(now, nowNs, out);
        return true;
    }

    private void write(Finding finding, long nowNs, AlertWriter out) {
        writtenAtNs = nowNs;
        lookedAtNs = nowNs;
        out.firing(rule, severity, startsAtNs, grewAtNs, nowNs, finding);
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
     * Resolves the alert without waiting: no event follows that could resolve it.
     *
     * @return whether the state changed
     */
    public boolean end(long nowNs, Supplier<Finding> finding, AlertWriter out) {
        if (severity == null) {
            return false;
        }
        out.resolved(rule, severity, startsAtNs, grewAtNs, nowNs, finding.get());
        severity = null;
        better = false;
        return true;
    }

    private boolean refresh(long nowNs, Supplier<Finding> finding, AlertWriter out) {
        if (severity == null || better) {
            return false;
        }
        boolean due = nowNs - writtenAtNs >= out.refreshAfterNs();
        boolean looks = nowNs - lookedAtNs >= LOOK_AGAIN_NS && nowNs - grewAtNs >= GROWS_EVERY_NS;
        if (!due && !looks) {
            return false;
        }
        lookedAtNs = nowNs;
        Finding now = finding.get();
        boolean grew = looks && growth.in(now.evidence());
        if (grew) {
            grewAtNs = nowNs;
            growth.tell(now.evidence());
        }
        if (due || grew) {
            write(now, nowNs, out);
        }
        return true;
    }

    public void save(StateWriter out) {
        out.number(severity == null ? -1 : severity.ordinal() + WITH_GROWTH);
        if (severity != null) {
            out.number(startsAtNs).number(writtenAtNs).flag(better).number(betterSinceNs).number(grewAtNs).number(lookedAtNs);
            growth.save(out);
        }
    }

    public void restore(StateReader in) {
        int stored = in.integer();
        if (stored < 0) {
            severity = null;
            return;
        }
        boolean withGrowth = stored >= WITH_GROWTH;
        int ordinal = withGrowth ? stored - WITH_GROWTH : stored;
        severity = ordinal >= SEVERITIES.length ? null : SEVERITIES[ordinal];
        startsAtNs = in.number();
        writtenAtNs = in.number();
        better = in.flag();
        betterSinceNs = in.number();
        if (withGrowth) {
            grewAtNs = in.number();
            lookedAtNs = in.number();
            growth.restore(in);
        }
    }
}
