package org.bitcoinwatchdog.detectors.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
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
    /** Of leisurely rules and of scores, which people look at. */
    private static final long LEISURE_NS = 5 * NS_PER_S;
    /** Peers are dropped after minutes, and there may be 125 of them. */
    private static final long PEERS_TICK_NS = 10 * NS_PER_S;

    private final Section<Continuity> continuity;
    private final Section<Chain> chain;
    private final Section<Peers> peers;
    private final Section<Hearing> hearing;
    private final Section<Firing> firing;
    private final Section<Failures> failures;
    private final List<Section<Detector>> detectors;
    private final List<Section<Detector>> prompt;
    private final List<Section<Detector>> leisurely;
    private final Interests interests;
    private final List<Section<WallClockDetector>> wallClockDetectors;
    private final NodeContext context;
    private final Trouble trouble;
    private final DigestTally tally = new DigestTally();
    /** As of the last five seconds; null where they are to be worked out. */
    private List<Score> scores;

    /**
     * @param stored bytes of a section by its name, null where there are none
     */
    public NodeWatch(String node, String network, Supplier<Chain> newChain, Supplier<Peers> newPeers,
            NodeRules rules, Function<String, byte[]> stored, Trouble trouble) {
        continuity = Section.load(Continuity::new, stored, trouble);
        chain = Section.load(newChain, stored, trouble);
        peers = Section.load(newPeers, stored, trouble);
        hearing = Section.load(() -> new Hearing(network), stored, trouble);
        firing = Section.load(Firing::new, stored, trouble);
        failures = Section.load(Failures::new, stored, trouble);
        detectors = rules.ofEvents().stream().map(rule -> Section.<Detector>load(rule, stored, trouble)).toList();
        prompt = detectors.stream().filter(section -> !section.value().leisurely()).toList();
        leisurely = detectors.stream().filter(section -> section.value().leisurely()).toList();
        interests = new Interests(detectors);
        wallClockDetectors = rules.ofWallClock().stream()
                .map(rule -> Section.<WallClockDetector>load(rule, stored, trouble)).toList();
        context = new NodeContext(node, network, continuity.value(), chain.value(), peers.value(), hearing.value(),
                firing.value());
        this.trouble = trouble;
    }

    /** Takes an event: first the facts, then every rule, then, once a second and at each new tip, a digest. */
    public Continuity.Arrival on(NodeEvent event, AlertWriter writer, Consumer<NodeDigest> digests) {
        long before = continuity.value().nowNs();
        Continuity.Arrival arrival = continuity.value().take(event);
        if (arrival != Continuity.Arrival.NEW) {
            return arrival;
        }
        continuity.changed(true);
        chain.changed(chain.value().on(event, continuity.value()));
        peers.changed(peers.value().on(event, continuity.value()));
        chain.value().allClosedAt(peers.value().allClosedAtNs());
        tally.add(event);
        AlertWriter alerts = writer.noting(firing.value());
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
            failures.changed(failures.value().tick(context, writer));
        }
        firing.changed(firing.value().takeChanged());
        if (newSecond || tells(event)) {
            digests.accept(tally.close(context).addAllScores(scores()).addAllFiring(firing.value().alertnames()).build());
        }
        return arrival;
    }

    /** Whether the clock went into another stretch of that length. */
    private boolean passed(long stretchNs, long beforeNs) {
        return beforeNs / stretchNs != context.nowNs() / stretchNs;
    }

    private void tick(long beforeNs, AlertWriter alerts) {
        if (passed(PEERS_TICK_NS, beforeNs)) {
            peers.changed(peers.value().tick(continuity.value()));
        }
        askAll(prompt, detector -> detector.tick(context, alerts));
        if (passed(LEISURE_NS, beforeNs)) {
            askAll(leisurely, detector -> detector.tick(context, alerts));
            scores = null;
        }
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
        try {
            detector.changed(detector.value().on(event, context, alerts));
        } catch (RuntimeException e) {
            failed(detector, e);
        }
    }

    private void failed(Section<?> section, RuntimeException cause) {
        section.fail();
        failures.value().add(section.value().section());
        trouble.failed(section.value().section(), cause);
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
        AlertWriter alerts = writer.noting(firing.value());
        askAll(detectors, detector -> detector.tick(context, alerts));
    }

    /** An event of the node was read at that time. */
    public void heard(NodeEvent event, long wallNs) {
        hearing.value().heard(event, wallNs);
        hearing.changed(true);
    }

    /** To be called every few seconds, whether or not anything was heard. */
    public void judgeSilence(Reading reading, AlertWriter writer) {
        AlertWriter alerts = writer.noting(firing.value());
        for (Section<WallClockDetector> detector : wallClockDetectors) {
            ask(detector, each -> each.judge(reading, context, alerts));
        }
    }

    public String network() {
        return context.network();
    }

    private void askAll(List<Section<Detector>> sections, Predicate<Detector> step) {
        for (int i = 0; i < sections.size(); i++) {
            ask(sections.get(i), step);
        }
    }

    private <T extends Stateful> void ask(Section<T> section, Predicate<T> step) {
        if (section.failed()) {
            return;
        }
        try {
            section.changed(step.test(section.value()));
        } catch (RuntimeException e) {
            failed(section, e);
        }
    }

    @Override
    public void saveChanged(BiConsumer<String, byte[]> out) {
        continuity.saveChanged(out);
        chain.saveChanged(out);
        peers.saveChanged(out);
        hearing.saveChanged(out);
        failures.saveChanged(out);
        firing.saveChanged(out);
        detectors.forEach(detector -> detector.saveChanged(out));
        wallClockDetectors.forEach(detector -> detector.saveChanged(out));
    }
}
