package org.bitcoinwatchdog.detectors.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Firing;
import org.bitcoinwatchdog.detectors.state.Section;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.detectors.state.Trouble;
import org.bitcoinwatchdog.detectors.state.WriteBack;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;

/** Everything that is kept of one node, and the rules that look at it. */
public final class NodeWatch implements WriteBack {
    private static final long NS_PER_S = 1_000_000_000L;
    /** Of rules with that cadence, and of scores, which people look at. */
    private static final long FIVE_SECONDS_NS = 5 * NS_PER_S;
    /** Peers are dropped after minutes, and there may be 125 of them. */
    private static final long PEERS_TICK_NS = 10 * NS_PER_S;

    private final Section<Continuity> continuity;
    private final Section<ProcessRuns> runs;
    private final Section<Chain> chain;
    private final Section<Peers> peers;
    private final Section<Hearing> hearing;
    private final Section<Firing> firing;
    private final Section<Failures> failures;
    private final List<Section<?>> facts;
    private final List<Section<Detector>> detectors;
    private final List<Section<Detector>> prompt;
    private final List<Section<Detector>> slow;
    private final Interests interests;
    private final List<Section<WallClockRule>> wallClockDetectors;
    private final String node;
    private final String network;
    private final Trouble trouble;
    private final DigestTally tally = new DigestTally();
    private NodeContext context;
    /** Section of the rule that is being asked. */
    private String asked = "";
    private boolean anyFailed;
    /** As of the last five seconds; null where they are to be worked out. */
    private List<Score> scores;

    /**
     * @param stored bytes of a section by its name, null where there are none
     */
    public NodeWatch(String node, String network, Supplier<Chain> newChain, Supplier<Peers> newPeers,
            NodeRules rules, Function<String, byte[]> stored, Trouble trouble) {
        this.node = node;
        this.network = network;
        continuity = Section.load(Continuity::new, stored, trouble);
        runs = Section.load(ProcessRuns::new, stored, trouble);
        chain = Section.load(newChain, stored, trouble);
        peers = Section.load(newPeers, stored, trouble);
        hearing = Section.load(() -> new Hearing(network), stored, trouble);
        firing = Section.load(Firing::new, stored, trouble);
        failures = Section.load(Failures::new, stored, trouble);
        detectors = rules.ofEvents().stream().map(rule -> Section.<Detector>load(rule, stored, trouble)).toList();
        prompt = detectors.stream().filter(section -> section.value().cadence() == Detector.Cadence.EACH_SECOND).toList();
        slow = detectors.stream().filter(section -> section.value().cadence() == Detector.Cadence.EVERY_FIVE_SECONDS).toList();
        interests = new Interests(detectors);
        facts = List.of(continuity, runs, chain, peers, hearing, failures, firing);
        wallClockDetectors = rules.ofWallClock().stream()
                .map(rule -> Section.<WallClockRule>load(rule, stored, trouble)).toList();
        this.trouble = trouble;
        context = context();
    }

    private NodeContext context() {
        return new NodeContext(node, network, continuity.value(), runs.value(), chain.value(), peers.value(), hearing.value(),
                firing.value());
    }

    /**
     * Takes an event: first the facts, then every rule, then, once a second and at each new tip, a digest.
     *
     * @throws WatchFault where the facts could not take it: what is known of the node starts anew
     */
    public Continuity.Arrival on(NodeEvent event, AlertWriter writer, Consumer<NodeDigest> digests) {
        try {
            return take(event, writer, digests);
        } catch (RuntimeException e) {
            factsFailed(event, writer);
            throw new WatchFault(node, e);
        }
    }

    private Continuity.Arrival take(NodeEvent event, AlertWriter writer, Consumer<NodeDigest> digests) {
        long before = continuity.value().nowNs();
        Continuity.Arrival arrival = continuity.value().take(event);
        if (arrival == Continuity.Arrival.DUPLICATE) {
            return arrival;
        }
        continuity.changed(true);
        if (continuity.value().setBack()) {
            forgetTheFuture(writer);
        }
        AlertWriter alerts = noting(writer);
        if ((event.hasHeartbeat() || event.hasNodeStarted()) && continuity.value().publishes()) {
            askAll(detectors, detector -> detector.hearsOfAgent(event, context));
        }
        if (arrival == Continuity.Arrival.OUTDATED) {
            return arrival;
        }
        runs.changed(runs.value().on(event, continuity.value(), peers.value()));
        chain.changed(chain.value().on(event, continuity.value()));
        peers.changed(peers.value().on(event, continuity.value()));
        chain.value().allClosedAt(peers.value().allClosedAtNs());
        tally.add(event);
        if (continuity.value().restarted()) {
            askAll(detectors, detector -> detector.restarted(context, alerts));
        }
        List<Section<Detector>> interested = interests.in(event);
        for (int i = 0; i < interested.size(); i++) {
            hand(event, interested.get(i), alerts);
        }
        if (continuity.value().stopped()) {
            askAll(detectors, detector -> detector.stopped(context, alerts));
        }

        boolean newSecond = passed(NS_PER_S, before);
        if (newSecond) {
            tick(before, alerts);
            failures.changed(failures.value().tick(node, context.nowNs(), writer));
        }
        firing.changed(firing.value().takeChanged());
        if (newSecond || tells(event)) {
            digests.accept(tally.close(context).addAllScores(scores()).addAllFiring(firing.value().alertnames()).build());
        }
        return arrival;
    }

    private AlertWriter noting(AlertWriter writer) {
        return writer.noting(firing.value(), () -> asked);
    }

    /** A fact may be half changed, and the rules may have seen half of it: nothing of it is kept. */
    private void factsFailed(NodeEvent event, AlertWriter writer) {
        long now = event.getObservedAtNs();
        endAlerts(now, "What is known of " + node + " starts anew after a fault of the watchdog", writer);
        continuity.startAnew();
        hearing.startAnew();
        startRulesAnew();
        failures.value().add(Failures.FACTS, now);
        failures.changed(failures.value().tick(node, now, writer));
    }

    /** Times that were kept are in the future, for years perhaps: nothing that is compared with them would ever end. */
    private void forgetTheFuture(AlertWriter writer) {
        long now = continuity.value().nowNs();
        String text = "The clock of " + node + " was set back; what is known of it starts anew";
        endAlerts(now, text, writer);
        failures.value().end(now, Finding.of(text), writer);
        failures.startAnew();
        startRulesAnew();
    }

    private void endAlerts(long nowNs, String text, AlertWriter writer) {
        firing.value().resolveAll(nowNs, Finding.of(text), writer);
    }

    private void startRulesAnew() {
        runs.startAnew();
        chain.startAnew();
        peers.startAnew();
        firing.startAnew();
        detectors.forEach(Section::startAnew);
        wallClockDetectors.forEach(Section::startAnew);
        context = context();
        scores = null;
    }

    /**
     * Nobody follows the node any more, or not as this one: every alert about it ends, and its fleet forgets it. The
     * watch is of no use after that.
     *
     * @param text why, one line
     */
    public void end(long nowNs, String text, AlertWriter writer, Consumer<NodeDigest> digests) {
        endAlerts(nowNs, text, writer);
        failures.value().end(nowNs, Finding.of(text), writer);
        digests.accept(NodeDigest.newBuilder().setNode(node).setNetwork(network).setAtNs(nowNs).setStopped(true)
                .setUnfollowed(true).build());
    }

    /** Whether the event begins a run of the agent that says another network: the node is another one from then on. */
    public boolean changesNetwork(NodeEvent event) {
        return !event.getNetwork().equals(network) && !event.getNetwork().isEmpty() && continuity.value().beginsRun(event);
    }

    /** What a watch of the same node name on another network goes on with: which runs of the agent are over. */
    public Function<String, byte[]> runs() {
        Map<String, byte[]> kept = new HashMap<>();
        continuity.changed(true);
        continuity.saveChanged(kept::put, trouble);
        return kept::get;
    }

    /** Whether the clock went into another stretch of that length. */
    private boolean passed(long stretchNs, long beforeNs) {
        return beforeNs / stretchNs != context.nowNs() / stretchNs;
    }

    private void tick(long beforeNs, AlertWriter alerts) {
        if (anyFailed) {
            anyFailed = startAnew(detectors, context.nowNs(), alerts) | anyFailed(wallClockDetectors);
        }
        if (passed(PEERS_TICK_NS, beforeNs)) {
            peers.changed(peers.value().tick(continuity.value()));
        }
        askAll(prompt, detector -> detector.tick(context, alerts));
        if (passed(FIVE_SECONDS_NS, beforeNs)) {
            askAll(slow, detector -> detector.tick(context, alerts));
            scores = null;
        }
    }

    /** @return whether any of them is still to be left alone */
    private boolean startAnew(List<? extends Section<?>> sections, long nowNs, AlertWriter alerts) {
        for (Section<?> section : sections) {
            if (section.failed() && failures.value().mayStart(section.name(), nowNs)) {
                section.startAnew();
                firing.value().resolveOf(section.name(), nowNs, Finding.of("This rule starts anew for " + node
                        + " after a fault of the watchdog; it fires again if there is still reason"), alerts);
            }
        }
        return anyFailed(sections);
    }

    private static boolean anyFailed(List<? extends Section<?>> sections) {
        return sections.stream().anyMatch(Section::failed);
    }

    /** During initial block download a digest a second is enough. */
    private boolean tells(NodeEvent event) {
        return event.hasNodeStopped() || event.hasBlockConnected() && context.chain().armed();
    }

    /** As {@link #ask}, without its cost: this is done for every event. */
    private void hand(NodeEvent event, Section<Detector> detector, AlertWriter alerts) {
        if (detector.failed()) {
            return;
        }
        asked = detector.name();
        try {
            detector.changed(detector.value().on(event, context, alerts));
        } catch (RuntimeException e) {
            failed(detector, e, context.nowNs());
        }
    }

    private void failed(Section<?> section, RuntimeException cause, long nowNs) {
        section.fail();
        anyFailed = true;
        failures.value().add(section.name(), nowNs);
        trouble.failed(section.name(), cause);
    }

    private List<Score> scores() {
        if (scores == null) {
            List<Score> now = new ArrayList<>();
            askAll(detectors, detector -> {
                detector.score(context).ifPresent(now::add);
                return false;
            });
            scores = now;
        }
        return scores;
    }

    /** Asks every rule once more, at the time of the last event: nothing follows. */
    public void close(AlertWriter writer) {
        AlertWriter alerts = noting(writer);
        askAll(detectors, detector -> detector.tick(context, alerts));
    }

    /** An event of the node was read at that time. */
    public void heard(NodeEvent event, long wallNs) {
        hearing.value().heard(event, wallNs);
        hearing.changed(true);
    }

    /** To be called every few seconds, whether or not anything was heard. */
    public void judgeSilence(Reading reading, AlertWriter writer) {
        AlertWriter alerts = noting(writer);
        if (anyFailed) {
            anyFailed = startAnew(wallClockDetectors, reading.nowNs(), alerts) | anyFailed(detectors);
        }
        for (Section<WallClockRule> detector : wallClockDetectors) {
            ask(detector, each -> each.judge(reading, context, alerts), reading.nowNs());
        }
        failures.changed(failures.value().tick(node, hearing.value().observedAtNs(), writer));
        firing.changed(firing.value().takeChanged());
    }

    public String network() {
        return network;
    }

    private void askAll(List<Section<Detector>> sections, Predicate<Detector> step) {
        for (int i = 0; i < sections.size(); i++) {
            ask(sections.get(i), step, context.nowNs());
        }
    }

    private <T extends Stateful> void ask(Section<T> section, Predicate<T> step, long nowNs) {
        if (section.failed()) {
            return;
        }
        asked = section.name();
        try {
            section.changed(step.test(section.value()));
        } catch (RuntimeException e) {
            failed(section, e, nowNs);
        }
    }

    @Override
    public void saveChanged(BiConsumer<String, byte[]> out) {
        facts.forEach(fact -> fact.saveChanged(out, trouble));
        detectors.forEach(detector -> save(detector, out));
        wallClockDetectors.forEach(detector -> save(detector, out));
    }

    private void save(Section<?> rule, BiConsumer<String, byte[]> out) {
        boolean before = rule.failed();
        rule.saveChanged(out, trouble);
        if (rule.failed() && !before) {
            anyFailed = true;
            failures.value().add(rule.name(), context.nowNs());
        }
    }
}
