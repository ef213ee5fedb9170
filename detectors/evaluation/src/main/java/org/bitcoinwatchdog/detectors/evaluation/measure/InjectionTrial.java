package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.evaluation.injection.Attack;
import org.bitcoinwatchdog.detectors.evaluation.injection.Injection;
import org.bitcoinwatchdog.detectors.evaluation.measure.AlertLog.Episode;
import org.bitcoinwatchdog.detectors.evaluation.measure.Trial.Observer;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Fidelity;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.FleetTraffic.FleetPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/** One attack on node-0 of a fleet of four, after a day of background, and two hours of background after it. */
public final class InjectionTrial implements Trial {
    /**
     * An alert that noticed the attack.
     *
     * @param delayUs   from the first visible harm to the alert; 0 if the alert was earlier
     * @param resolveUs from the attack's end to the alert's end; negative if the alert ended first, {@link #STILL_FIRING} if it
     *                  fired until the end of the simulation
     * @param pageUs    from the first visible harm to the page; {@link #NO_PAGE} if the alert did not page
     */
    public record Detection(String rule, long delayUs, long resolveUs, long pageUs) {
        public static final long NO_PAGE = -1;
        public static final long STILL_FIRING = Long.MAX_VALUE;

        public boolean paged() {
            return pageUs != NO_PAGE;
        }
    }

    /** The baselines need a day to know what is usual; an hour is added. */
    private static final Duration BEFORE = Duration.ofHours(25);
    private static final Duration AFTER = Duration.ofHours(2);
    /** An alert later than this after the attack's end does not count as a detection. */
    private static final long LATE_US = 3_600_000_000L;
    private static final double EVENTS_PER_HOUR = 16_000;

    /** @param visible whether the attack did any harm that a rule could see before it ended */
    public record InjectionOutcome(
            Injection injection, boolean visible, List<Detection> detections, List<Detection> baselines,
            List<Episode> episodes, TimeSpan span, long events) implements TrialOutcome {
        /** Detections by the rule that fired first. */
        public java.util.Optional<Detection> first() {
            return detections.stream().min(Comparator.comparingLong(Detection::delayUs));
        }
    }

    private final Injection injection;
    private final long seed;
    private final Observer observer;
    private final Duration before;
    private final boolean onlyFind;

    public InjectionTrial(Injection injection, long seed, Observer observer) {
        this(injection, seed, observer, BEFORE, false);
    }

    /**
     * @param before   duration of background before the attack; the rules are armed after half an hour
     * @param onlyFind whether the trial ends as soon as the attack is found
     */
    InjectionTrial(Injection injection, long seed, Observer observer, Duration before, boolean onlyFind) {
        this.onlyFind = onlyFind;
        this.injection = injection;
        this.seed = seed;
        this.before = before;
        this.observer = observer;
    }

    @Override
    public String name() {
        return injection.name();
    }

    @Override
    public String part() {
        return injection.must() ? "attacks" : "attacks below a threshold";
    }

    @Override
    public double weight() {
        return EVENTS_PER_HOUR * before.plus(AFTER).plus(injection.lasts()).toHours();
    }

    @Override
    public TrialOutcome run(Playback playback) {
        long beginUs = FleetPlan.START_US + TimeSpan.us(before) + Math.floorMod(seed * 7_919, 60) * 60_000_000L;
        TimeSpan span = TimeSpan.of(beginUs, injection.lasts());
        Attack attack = injection.makes().apply(span);
        FleetTraffic traffic = new FleetTraffic(new FleetPlan(injection.fleet(), Fidelity.FAST, seed), attack);
        observer.watches(traffic);
        Playback.Played played = playback.play(traffic, span.endUs() + TimeSpan.us(AFTER), observer,
                log -> onlyFind && log.episodes().stream().anyMatch(episode -> finds(episode, span)));
        OptionalLong visible = Attack.visible(attack);
        List<Episode> during = played.episodes().stream()
                .filter(episode -> hits(episode, span))
                .toList();
        Stream<Episode> meant = during.stream().filter(episode -> finds(episode, span));
        Stream<Episode> others = during.stream().filter(Episode::baseline);
        return new InjectionOutcome(injection, visible.isPresent(),
                meant.map(episode -> detection(episode, span, visible.orElse(beginUs))).toList(),
                others.map(episode -> detection(episode, span, visible.orElse(beginUs))).toList(),
                played.episodes(), span, played.events());
    }

    private boolean finds(Episode episode, TimeSpan span) {
        return injection.alertnames().contains(episode.rule()) && hits(episode, span);
    }

    private boolean hits(Episode episode, TimeSpan span) {
        boolean inTime = episode.beginUs() >= span.beginUs() && episode.beginUs() < span.endUs() + LATE_US;
        boolean ofFleet = !episode.subject().startsWith("node-");
        return inTime
                && (ofFleet || injection.victims().stream().anyMatch(node -> episode.subject().equals("node-" + node)));
    }

    private static Detection detection(Episode episode, TimeSpan span, long visibleUs) {
        long resolveUs = episode.resolved() ? episode.endUs() - span.endUs() : Detection.STILL_FIRING;
        long pageUs = episode.pageUs() < 0 ? Detection.NO_PAGE : Math.max(0, episode.pageUs() - visibleUs);
        return new Detection(episode.rule(), Math.max(0, episode.beginUs() - visibleUs), resolveUs, pageUs);
    }
}
