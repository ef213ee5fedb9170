package org.bitcoinwatchdog.detectors.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Firing;
import org.bitcoinwatchdog.detectors.state.Section;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.detectors.state.Faults;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;

/** The rules that look at one node. A rule that fails is suspended for a while; the others continue. */
public final class NodeRules {
    private final String node;
    private final Section<Failures> failures;
    private final Section<Firing> firing;
    private final Faults faults;
    private final List<Section<Detector>> ofEvents;
    private final List<Section<Detector>> eachSecond;
    private final List<Section<Detector>> everyFiveSeconds;
    private final List<Section<Detector>> ofAgents;
    private final List<Section<WallClockRule>> ofWallClock;
    private final Interests interests;
    /** Section of the rule that is being asked. */
    private String asked = "";
    private boolean anyFailed;
    private AlertWriter notingFor;
    private AlertWriter noting;
    /** Computed within the last five seconds; null if they must be computed again. */
    private List<Score> scores;

    /** Rules are created when first needed. */
    public record Makers(List<Supplier<Detector>> ofEvents, List<Supplier<WallClockRule>> ofWallClock) {
        public static Makers of(List<Supplier<Detector>> ofEvents) {
            return new Makers(ofEvents, List.of());
        }
    }

    NodeRules(String node, Makers makers, Section<Failures> failures, Section<Firing> firing,
            Function<String, byte[]> stored, Faults faults) {
        this.node = node;
        this.failures = failures;
        this.firing = firing;
        this.faults = faults;
        ofEvents = makers.ofEvents().stream().map(make -> Section.<Detector>load(make, stored, faults)).toList();
        eachSecond = those(rule -> rule.cadence() == Detector.Cadence.EACH_SECOND);
        everyFiveSeconds = those(rule -> rule.cadence() == Detector.Cadence.EVERY_FIVE_SECONDS);
        ofAgents = those(Detector.OfAgents.class::isInstance);
        ofWallClock = makers.ofWallClock().stream().map(make -> Section.<WallClockRule>load(make, stored, faults)).toList();
        interests = new Interests(ofEvents);
    }

    private List<Section<Detector>> those(Predicate<Detector> condition) {
        return ofEvents.stream().filter(rule -> condition.test(rule.value())).toList();
    }

    /**
     * The writer that also records what fires, and by which rule. It is kept, since all events of a node have the same
     * writer.
     */
    AlertWriter noting(AlertWriter writer) {
        if (writer != notingFor) {
            notingFor = writer;
            noting = writer.noting(firing.value(), () -> asked);
        }
        return noting;
    }

    /** Hands the event to the rules that want it. */
    void on(NodeEvent event, NodeContext context, AlertWriter alerts) {
        List<Section<Detector>> interested = interests.in(event);
        for (int i = 0; i < interested.size(); i++) {
            hand(event, interested.get(i), context, alerts);
        }
    }

    /** Hands over a heartbeat or a start of an agent that publishes the node. */
    void onAgent(NodeEvent event, NodeContext context) {
        ask(ofAgents, rule -> ((Detector.OfAgents) rule).hearsOfAgent(event, context), context.nowNs());
    }

    /** As {@link #ask}, but cheaper: this runs for every event. */
    private void hand(NodeEvent event, Section<Detector> rule, NodeContext context, AlertWriter alerts) {
        if (rule.failed()) {
            return;
        }
        asked = rule.name();
        try {
            rule.changed(rule.value().on(event, context, alerts));
        } catch (RuntimeException e) {
            failed(rule, e, context.nowNs());
        }
    }

    /** Asks every rule on the node's events. */
    void all(long nowNs, Predicate<Detector> step) {
        ask(ofEvents, step, nowNs);
    }

    /** A second of the node's time is over. */
    void tick(NodeContext context, AlertWriter alerts, boolean fiveSeconds) {
        if (anyFailed) {
            anyFailed = startAnew(ofEvents, context.nowNs(), alerts) | anyFailed(ofWallClock);
        }
        ask(eachSecond, rule -> rule.tick(context, alerts), context.nowNs());
        if (fiveSeconds) {
            ask(everyFiveSeconds, rule -> rule.tick(context, alerts), context.nowNs());
            scores = null;
        }
    }

    void judgeSilence(Reading reading, NodeContext context, AlertWriter alerts) {
        if (anyFailed) {
            anyFailed = startAnew(ofWallClock, reading.nowNs(), alerts) | anyFailed(ofEvents);
        }
        ask(ofWallClock, rule -> rule.judge(reading, context, alerts), reading.nowNs());
    }

    /** Adds what the rules found. */
    NodeDigest.Builder describe(NodeDigest.Builder digest, NodeContext context) {
        all(context.nowNs(), rule -> {
            rule.describe(digest, context);
            return false;
        });
        return digest.addAllScores(scores(context));
    }

    private List<Score> scores(NodeContext context) {
        if (scores == null) {
            List<Score> now = new ArrayList<>();
            all(context.nowNs(), rule -> {
                rule.score(context).ifPresent(now::add);
                return false;
            });
            scores = now;
        }
        return scores;
    }

    /** The state of the rules is no longer valid. */
    void startAnew() {
        ofEvents.forEach(Section::startAnew);
        ofWallClock.forEach(Section::startAnew);
        notingFor = null;
        scores = null;
    }

    void saveChanged(BiConsumer<String, byte[]> out, long nowNs) {
        ofEvents.forEach(rule -> save(rule, out, nowNs));
        ofWallClock.forEach(rule -> save(rule, out, nowNs));
    }

    private void save(Section<?> rule, BiConsumer<String, byte[]> out, long nowNs) {
        boolean before = rule.failed();
        rule.saveChanged(out, faults);
        if (rule.failed() && !before) {
            anyFailed = true;
            failures.value().add(rule.name(), nowNs);
        }
    }

    private <T extends Stateful> void ask(List<Section<T>> rules, Predicate<T> step, long nowNs) {
        for (int i = 0; i < rules.size(); i++) {
            ask(rules.get(i), step, nowNs);
        }
    }

    private <T extends Stateful> void ask(Section<T> rule, Predicate<T> step, long nowNs) {
        if (rule.failed()) {
            return;
        }
        asked = rule.name();
        try {
            rule.changed(step.test(rule.value()));
        } catch (RuntimeException e) {
            failed(rule, e, nowNs);
        }
    }

    private void failed(Section<?> rule, RuntimeException cause, long nowNs) {
        rule.fail();
        anyFailed = true;
        failures.value().add(rule.name(), nowNs);
        faults.failed(rule.name(), cause);
    }

    /** @return whether any of them is still suspended */
    private boolean startAnew(List<? extends Section<?>> rules, long nowNs, AlertWriter alerts) {
        for (Section<?> rule : rules) {
            if (rule.failed() && failures.value().mayStart(rule.name(), nowNs)) {
                rule.startAnew();
                firing.value().resolveOf(rule.name(), nowNs, Finding.of("This rule starts anew for " + node
                        + " after a fault of the watchdog. It fires again if its condition still holds"), alerts);
            }
        }
        return anyFailed(rules);
    }

    private static boolean anyFailed(List<? extends Section<?>> rules) {
        return rules.stream().anyMatch(Section::failed);
    }
}
