package org.bitcoinwatchdog.detectors.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Firing;
import org.bitcoinwatchdog.detectors.state.Section;
import org.bitcoinwatchdog.detectors.state.Faults;
import org.bitcoinwatchdog.detectors.state.WriteBack;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;

/** The state of one node, and the rules that judge it. */
public final class NodeWatch implements WriteBack {
    private static final long NS_PER_S = 1_000_000_000L;
    /** The interval for rules with that cadence, and for scores, which only people read. */
    private static final long FIVE_SECONDS_NS = 5 * NS_PER_S;
    /** Peers are dropped after minutes, and there may be 125 of them. */
    private static final long PEERS_TICK_NS = 10 * NS_PER_S;

    /** The watchdog failed to process a record. The watch has started anew; the record goes to the dead letters. */
    public static final class WatchFault extends RuntimeException {
        /** @param whose name of the node or fleet */
        public WatchFault(String whose, RuntimeException cause) {
            super("a record of " + whose + " could not be processed: " + cause, cause);
        }
    }

    private final Section<Continuity> continuity;
    private final Section<ProcessRuns> runs;
    private final Section<Chain> chain;
    private final Section<Peers> peers;
    private final Section<LastHeard> lastHeard;
    private final Section<WitnessState> witness;
    private final Section<VersionBits> versionBits;
    private final Section<PeerSides> sides;
    private final Section<Firing> firing;
    private final Section<Failures> failures;
    private final List<Section<?>> facts;
    private final NodeRules rules;
    private final String node;
    private final String network;
    private final Faults faults;
    private final DigestTally tally = new DigestTally();
    private NodeContext context;

    /** @param stored bytes of a section by its name, or null */
    public NodeWatch(String node, String network, Supplier<Chain> newChain, Supplier<Peers> newPeers, List<Deployment> deployments,
            NodeRules.Makers makers, Function<String, byte[]> stored, Faults faults) {
        this.node = node;
        this.network = network;
        continuity = Section.load(Continuity::new, stored, faults);
        runs = Section.load(ProcessRuns::new, stored, faults);
        chain = Section.load(newChain, stored, faults);
        peers = Section.load(newPeers, stored, faults);
        lastHeard = Section.load(() -> new LastHeard(network), stored, faults);
        witness = Section.load(WitnessState::new, stored, faults);
        versionBits = Section.load(() -> new VersionBits(deployments), stored, faults);
        sides = Section.load(PeerSides::new, stored, faults);
        firing = Section.load(Firing::new, stored, faults);
        failures = Section.load(Failures::new, stored, faults);
        facts = List.of(continuity, runs, chain, peers, lastHeard, witness, versionBits, sides, failures, firing);
        rules = new NodeRules(node, makers, failures, firing, stored, faults);
        this.faults = faults;
        context = context();
    }

    private NodeContext context() {
        return new NodeContext(node, network, continuity.value(), runs.value(), chain.value(), peers.value(), lastHeard.value(),
                firing.value(), witness.value(), versionBits.value(), sides.value());
    }

    /**
     * Takes an event: first the facts, then every rule, then, once a second and at each new tip, a digest.
     *
     * @throws WatchFault if the facts failed to take it: the state of the node starts anew
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
        AlertWriter alerts = rules.noting(writer);
        if (ofAgent(event) && continuity.value().publishes()) {
            rules.onAgent(event, context);
        }
        if (arrival == Continuity.Arrival.OUTDATED) {
            return arrival;
        }
        runs.changed(runs.value().on(event, continuity.value(), peers.value()));
        witness.changed(witness.value().take(event));
        chain.changed(chain.value().on(event, continuity.value()));
        peers.changed(peers.value().on(event, continuity.value()));
        chain.value().allClosedAt(peers.value().allClosedAtNs());
        versionBits.changed(versionBits.value().on(event, chain.value()));
        sides.changed(sides.value().on(event, chain.value(), peers.value()));
        tally.add(event);
        if (continuity.value().restarted()) {
            rules.all(context.nowNs(), rule -> rule.restarted(context, alerts));
        }
        rules.on(event, context, alerts);
        if (continuity.value().stopped()) {
            rules.all(context.nowNs(), rule -> rule.stopped(context, alerts));
        }

        boolean newSecond = passed(NS_PER_S, before);
        if (newSecond) {
            tick(before, alerts);
            failures.changed(failures.value().tick(node, context.nowNs(), writer));
        }
        firing.changed(firing.value().takeChanged());
        if (newSecond || tells(event)) {
            digests.accept(rules.describe(tally.close(context), context).addAllFiring(firing.value().alertnames())
                    .addAllAlerts(firing.value().alerts()).addAllAlerts(failures.value().alerts()).build());
        }
        return arrival;
    }

    private static boolean ofAgent(NodeEvent event) {
        return switch (event.getBodyCase()) {
            case HEARTBEAT, NODE_STARTED -> true;
            default -> false;
        };
    }

    /** A fact may be half changed, and some rules may have seen it. So the whole state is dropped. */
    private void factsFailed(NodeEvent event, AlertWriter writer) {
        long now = event.getObservedAtNs();
        endAlerts(now, "The state of " + node + " starts anew after a fault of the watchdog", writer);
        continuity.startAnew();
        lastHeard.startAnew();
        startRulesAnew();
        failures.value().add(Failures.FACTS, now);
        failures.changed(failures.value().tick(node, now, writer));
    }

    /** Stored times are in the future, perhaps by years. Waits that compare with them would never end. */
    private void forgetTheFuture(AlertWriter writer) {
        long now = continuity.value().nowNs();
        String text = "The clock of " + node + " was set back; its state starts anew";
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
        versionBits.startAnew();
        sides.startAnew();
        firing.startAnew();
        rules.startAnew();
        context = context();
    }

    /**
     * The node is no longer followed, or not as this node. Every alert about it resolves, and its fleet forgets it. The
     * watch must not be used afterwards.
     *
     * @param text reason, one line
     */
    public void end(long nowNs, String text, AlertWriter writer, Consumer<NodeDigest> digests) {
        endAlerts(nowNs, text, writer);
        failures.value().end(nowNs, Finding.of(text), writer);
        digests.accept(NodeDigest.newBuilder().setNode(node).setNetwork(network).setAtNs(nowNs).setStopped(true)
                .setUnfollowed(true).build());
    }

    /**
     * Whether the event begins a run of the agent that names another network, or that makes a witness of a node or a
     * node of a witness. From then on it is another node.
     */
    public boolean becomesAnother(NodeEvent event) {
        boolean differs = !event.getNetwork().equals(network) && !event.getNetwork().isEmpty()
                || event.getWitness() != witness.value().witness() && continuity.value().nowNs() != 0;
        return differs && continuity.value().beginsRun(event);
    }

    /** What a watch of the same node name on another network takes over: which runs of the agent have ended. */
    public Function<String, byte[]> runs() {
        Map<String, byte[]> kept = new HashMap<>();
        continuity.changed(true);
        continuity.saveChanged(kept::put, faults);
        return kept::get;
    }

    /** Whether the clock entered another interval of that length. */
    private boolean passed(long stretchNs, long beforeNs) {
        return beforeNs / stretchNs != context.nowNs() / stretchNs;
    }

    private void tick(long beforeNs, AlertWriter alerts) {
        if (passed(PEERS_TICK_NS, beforeNs)) {
            peers.changed(peers.value().tick(continuity.value()));
        }
        rules.tick(context, alerts, passed(FIVE_SECONDS_NS, beforeNs));
    }

    /** During initial block download a digest a second is enough. */
    private boolean tells(NodeEvent event) {
        return switch (event.getBodyCase()) {
            case NODE_STOPPED -> true;
            case BLOCK_CONNECTED -> context.chain().armed() || event.getWitness();
            default -> false;
        };
    }

    /** Asks every rule once more, at the time of the last event, since no event follows. */
    public void close(AlertWriter writer) {
        AlertWriter alerts = rules.noting(writer);
        rules.all(context.nowNs(), rule -> rule.tick(context, alerts));
    }

    /** An event of the node was read at that time. */
    public void heard(NodeEvent event, long wallNs) {
        lastHeard.value().heard(event, wallNs);
        lastHeard.changed(true);
    }

    /** Must be called every few seconds, even if no event was read. */
    public void judgeSilence(Reading reading, AlertWriter writer) {
        rules.judgeSilence(reading, context, rules.noting(writer));
        failures.changed(failures.value().tick(node, lastHeard.value().observedAtNs(), writer));
        firing.changed(firing.value().takeChanged());
    }

    public String network() {
        return network;
    }

    @Override
    public void saveChanged(BiConsumer<String, byte[]> out) {
        facts.forEach(fact -> fact.saveChanged(out, faults));
        rules.saveChanged(out, context.nowNs());
    }
}
