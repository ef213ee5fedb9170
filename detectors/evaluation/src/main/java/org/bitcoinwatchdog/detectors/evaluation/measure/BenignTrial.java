package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bitcoinwatchdog.detectors.evaluation.benign.BenignCases;
import org.bitcoinwatchdog.detectors.evaluation.benign.BenignCases.BenignCase;
import org.bitcoinwatchdog.detectors.evaluation.measure.AlertLog.Episode;
import org.bitcoinwatchdog.detectors.evaluation.measure.Trial.Observer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Fidelity;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic.FleetPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** A healthy fleet of two listening and two outbound-only nodes. Every alert is a false alarm. */
public final class BenignTrial implements Trial {
    public static final int NODES = 4;
    private static final Duration BEFORE = Duration.ofDays(1);
    private static final double SPARSE_EVENTS_PER_HOUR = 14_000;
    private static final double FAST_EVENTS_PER_HOUR = 21_000;
    private static final double FULL_EVENTS_PER_HOUR = 500_000;

    public record BenignOutcome(
            String name, double nodeYears, List<Episode> episodes, Set<String> truthful, long events)
            implements TrialOutcome {
    }

    private final String name;
    private final Duration lasts;
    private final Set<String> truthful;
    private final Function<TimeSpan, Disturbance> makes;
    private final Fidelity fidelity;
    private final long seed;
    private final Observer observer;
    private final List<NodeKind> fleet;

    private BenignTrial(String name, Duration lasts, Set<String> truthful, Function<TimeSpan, Disturbance> makes,
            Fidelity fidelity, long seed, Observer observer, List<NodeKind> fleet) {
        this.name = name;
        this.lasts = lasts;
        this.truthful = truthful;
        this.makes = makes;
        this.fidelity = fidelity;
        this.seed = seed;
        this.observer = observer;
        this.fleet = fleet;
    }

    public static BenignTrial background(Duration lasts, long seed) {
        return new BenignTrial("background", lasts, Set.of(), span -> Disturbance.NONE, Fidelity.SPARSE, seed, Observer.NONE,
                BenignCases.FOUR);
    }

    public static BenignTrial fullRate(Duration lasts, long seed) {
        return new BenignTrial("background at full rate", lasts, Set.of(), span -> Disturbance.NONE, Fidelity.FULL, seed,
                Observer.NONE, BenignCases.FOUR);
    }

    public static BenignTrial hard(BenignCase hard, long seed, Observer observer) {
        return new BenignTrial(hard.name(), BEFORE.plus(hard.lasts()), hard.truthful(), hard.makes(), Fidelity.FAST, seed,
                observer, hard.fleet());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String part() {
        return fidelity == Fidelity.FAST ? "hard cases" : name;
    }

    @Override
    public double weight() {
        return lasts.toHours() * (fidelity == Fidelity.FULL ? FULL_EVENTS_PER_HOUR
                : fidelity == Fidelity.SPARSE ? SPARSE_EVENTS_PER_HOUR : FAST_EVENTS_PER_HOUR);
    }

    @Override
    public TrialOutcome run(Playback playback) {
        TimeSpan span = new TimeSpan(FleetPlan.START_US + TimeSpan.us(BEFORE), FleetPlan.START_US + Math.max(TimeSpan.us(BEFORE), TimeSpan.us(lasts)));
        FleetTraffic traffic = new FleetTraffic(new FleetPlan(fleet, fidelity, seed), makes.apply(span));
        observer.watches(traffic);
        Playback.Played played = playback.play(traffic, FleetPlan.START_US + TimeSpan.us(lasts), observer);
        return new BenignOutcome(name, played.nodeYears(), played.episodes(), truthful, played.events());
    }
}
