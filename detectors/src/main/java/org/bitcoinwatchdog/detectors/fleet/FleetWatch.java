package org.bitcoinwatchdog.detectors.fleet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Firing;
import org.bitcoinwatchdog.detectors.deposits.DepositRules;
import org.bitcoinwatchdog.detectors.deposits.DepositVerdict;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetAlerts;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.node.Failures;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.detectors.state.Section;
import org.bitcoinwatchdog.detectors.state.Faults;
import org.bitcoinwatchdog.detectors.state.WriteBack;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.FiringAlert;
import org.bitcoinwatchdog.events.NodeDigest;

/** The state of one network's nodes together, and the rules that judge it. */
public final class FleetWatch implements WriteBack {
    private final String network;
    private final FleetNodes nodes;
    private final Section<FleetBlocks> blocks;
    private final Section<SharedChains> chains;
    private final Section<BlockTree> tree;
    private final Section<Firing> firing;
    private final Section<Failures> failures;
    private final Section<DepositVerdict> verdict;
    private final FleetDeposits deposits;
    private final List<Section<FleetDetector>> detectors;
    private final Faults faults;
    private final Function<String, Set<String>> leftOut;
    private FleetContext context;
    /** Section of the rule that is being asked. */
    private String asked = "";

    /**
     * @param leftOut rules that leave a node out, by its name
     * @param depositRules what the rules mean for deposits
     * @param stored bytes of a section by its name, or null
     */
    public FleetWatch(String network, List<Supplier<FleetDetector>> rules, Function<String, Set<String>> leftOut,
            DepositRules depositRules, Function<String, byte[]> stored, Faults faults) {
        this.network = network;
        nodes = new FleetNodes(stored, faults);
        blocks = Section.load(FleetBlocks::new, stored, faults);
        chains = Section.load(() -> new SharedChains(network), stored, faults);
        tree = Section.load(BlockTree::new, stored, faults);
        nodes.among(chains::value);
        firing = Section.load(Firing::new, stored, faults);
        failures = Section.load(Failures::new, stored, faults);
        detectors = rules.stream().map(rule -> Section.<FleetDetector>load(rule, stored, faults)).toList();
        verdict = Section.load(() -> new DepositVerdict(network, depositRules), stored, faults);
        deposits = new FleetDeposits(verdict, nodes);
        context = context();
        this.faults = faults;
        this.leftOut = leftOut;
    }

    private FleetContext context() {
        return new FleetContext(network, nodes, blocks.value(), chains.value(), tree.value());
    }

    /** @throws NodeWatch.WatchFault if the facts failed to take it: the state of the fleet starts anew */
    public void on(NodeDigest digest, FleetAlerts writers) {
        try {
            take(digest, writers);
        } catch (RuntimeException e) {
            factsFailed(digest, writers);
            throw new NodeWatch.WatchFault(network, e);
        }
    }

    /**
     * The verdict about deposits if it changed with that digest.
     *
     * @param alerted whether an alert was written while the digest was handled
     */
    public Optional<ChainStatus> depositsAfter(NodeDigest digest, boolean alerted, long nowNs) {
        return deposits.after(digest.getNode(), alerted, fleetAlerts(), nowNs);
    }

    /** The verdict about deposits if it changed, or is to be written again. To be called every few seconds. */
    public Optional<ChainStatus> depositsAt(long nowNs) {
        return deposits.at(fleetAlerts(), nowNs);
    }

    private List<FiringAlert> fleetAlerts() {
        return Stream.concat(firing.value().alerts().stream(), failures.value().alerts().stream()).toList();
    }

    private void take(NodeDigest digest, FleetAlerts writers) {
        if (digest.getUnfollowed() && nodes.find(digest.getNode()).isEmpty()) {
            return;
        }
        FleetNode node = nodes.take(digest);
        node.leftOutOf(leftOut.apply(node.name()));
        chains.changed(chains.value().take(node));
        if (node.counts() && node.hasTip()) {
            blocks.changed(blocks.value().connected(node, chains.value()));
            tree.changed(tree.value().take(node));
        }
        FleetAlerts alerts = new NotedAlerts(writers, nodes, firing.value(), () -> asked);
        for (Section<FleetDetector> detector : detectors) {
            startAnewAfterPause(detector, node.atNs(), alerts);
            ask(detector, node, alerts);
        }
        if (digest.getUnfollowed()) {
            forget(node, writers);
        }
        firing.changed(firing.value().takeChanged());
        failures.changed(failures.value().tick("the nodes of " + network, node.atNs(), writers.fleet()));
    }

    private void ask(Section<FleetDetector> detector, FleetNode node, FleetAlerts alerts) {
        if (detector.failed()) {
            return;
        }
        asked = detector.name();
        try {
            detector.changed(node.leftOutOf(detector.value().section())
                    ? detector.value().leavesOut(node, alerts) : detector.value().on(node, context, alerts));
        } catch (RuntimeException e) {
            detector.fail();
            failures.value().add(detector.name(), node.atNs());
            faults.failed(detector.name(), e);
        }
    }

    private void startAnewAfterPause(Section<FleetDetector> detector, long nowNs, FleetAlerts alerts) {
        if (detector.failed() && failures.value().mayStart(detector.name(), nowNs)) {
            detector.startAnew();
            Finding finding = Finding.of("This rule starts anew for " + network
                    + " after a fault of the watchdog. It fires again if its condition still holds");
            firing.value().resolveOf(detector.name(), nowNs, finding, alerts.fleet());
            nodes.all().forEach(node -> node.firingInFleet().resolveOf(detector.name(), nowNs, finding, alerts.node(node.name())));
        }
    }

    /** The node is no longer followed. Its alerts resolve; the fleet's alerts resolve too if no other node is left. */
    private void forget(FleetNode node, FleetAlerts writers) {
        Finding finding = Finding.of(node.name() + " is no longer followed");
        node.firingInFleet().resolveAll(node.atNs(), finding, writers.node(node.name()));
        nodes.remove(node);
        blocks.changed(blocks.value().forget(node.name()));
        chains.changed(chains.value().forget(node.name()));
        detectors.stream().filter(detector -> !detector.failed())
                .forEach(detector -> detector.changed(detector.value().forget(node.name())));
        if (nodes.isEmpty()) {
            firing.value().resolveAll(node.atNs(), Finding.of("No node of " + network + " is followed now"), writers.fleet());
            detectors.forEach(Section::startAnew);
        }
    }

    private void factsFailed(NodeDigest digest, FleetAlerts writers) {
        long now = digest.getAtNs();
        Finding finding = Finding.of("The state of the nodes of " + network + " starts anew after a fault of the watchdog");
        nodes.all().forEach(node -> node.firingInFleet().resolveAll(now, finding, writers.node(node.name())));
        firing.value().resolveAll(now, finding, writers.fleet());
        nodes.clear();
        blocks.startAnew();
        chains.startAnew();
        tree.startAnew();
        firing.startAnew();
        detectors.forEach(Section::startAnew);
        context = context();
        failures.value().add(Failures.FACTS, now);
        failures.changed(failures.value().tick("the nodes of " + network, now, writers.fleet()));
    }

    @Override
    public void saveChanged(BiConsumer<String, byte[]> out) {
        nodes.saveChanged(out, faults);
        List.of(blocks, chains, tree, firing, failures, verdict).forEach(fact -> fact.saveChanged(out, faults));
        detectors.forEach(detector -> detector.saveChanged(out, faults));
    }

    /**
     * Records which fleet rules fire about each node, and which about the whole fleet.
     *
     * @param by section of the rule that is being asked
     */
    private record NotedAlerts(FleetAlerts alerts, FleetNodes nodes, Firing aboutAll, Supplier<String> by)
            implements FleetAlerts {
        @Override
        public AlertWriter node(String name) {
            AlertWriter writer = alerts.node(name);
            return nodes.find(name).map(node -> writer.noting(node.firingInFleet(), by)).orElse(writer);
        }

        @Override
        public AlertWriter fleet() {
            return alerts.fleet().noting(aboutAll, by);
        }
    }
}
