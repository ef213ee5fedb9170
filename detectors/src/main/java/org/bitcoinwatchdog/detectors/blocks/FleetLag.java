package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.fleet.PerNodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * A node that lacks a block which two others of its network connected, or one other in a fleet of two.
 *
 * <p>The lag is measured by the lagging node's own clock, from when the others connected the block. So it is the same
 * for live digests and for a backlog in which one node is read ahead of another, if the clocks agree. A node whose
 * backlog is being read is not judged, since its clock may be wrong. A node without digests is silent, not lagging.
 *
 * <p>An incident lasts until the node lacks nothing. So a node that gets one block late, and lacks the next one, has one
 * alert. A node that catches up is not judged, unless its alert fires already (see Chain).
 *
 * <p>Benign lag between two real nodes is 0 s at the median and 18 s at 99.5 % (rules.md section 1).
 */
public final class FleetLag extends PerNodeRule<PerNodeRule.Since> {
    /**
     * @param warn       lag from which the rule warns
     * @param page       lag from which it pages
     * @param pageBlocks missing blocks from which a lag that warns pages at once
     * @param clearAfter how long the lag must be gone before the alert resolves
     */
    public record Settings(boolean enabled, Duration warn, Duration page, int pageBlocks, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.positive("warn", warn);
            Check.ordered("warn", warn, "page", page);
            Check.atLeastOne("page-blocks", pageBlocks);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofSeconds(60), Duration.ofSeconds(120), 2, Duration.ofSeconds(30));
        }
    }

    /** This many others must have connected what a node lacks; fewer in a smaller fleet. */
    private static final int ENOUGH = 2;

    private final Settings settings;

    public FleetLag(Rule rule, Settings settings) {
        super(rule, settings.clearAfter());
        this.settings = settings;
    }

    @Override
    protected Since noFacts() {
        return new Since();
    }

    @Override
    protected boolean asks(FleetNode node, FleetContext fleet) {
        return mayLack(node, false, fleet);
    }

    private static boolean mayLack(FleetNode node, boolean firing, FleetContext fleet) {
        return !node.witness() && !node.stopped() && node.hasTip() && (node.counts() || firing) && fleet.blocks().highest() > node.height();
    }

    @Override
    protected Judgement judge(FleetNode node, Since lag, Optional<Severity> firing, FleetContext fleet) {
        if (!mayLack(node, firing.isPresent(), fleet)) {
            return notLagging(node, lag);
        }
        int others = fleet.nodes().toCompareWith(node, ENOUGH);
        if (others == 0 || node.behind() || firing.isPresent() && !node.tipKnown()) {
            return Judgement.UNDECIDED; // neither lagging nor caught up is known
        }
        return Missing.of(node, others, fleet).map(missing -> lagging(node, lag, missing, firing, fleet)).orElseGet(() -> notLagging(node, lag));
    }

    private Judgement lagging(FleetNode node, Since lag, Missing missing, Optional<Severity> firing, FleetContext fleet) {
        // Not before the last digest, by which it did not lag: the others' clocks may be behind this node's. A later time means that
        // the node connected what it lacked, and lacks a later block.
        lag.begins(Math.max(missing.sinceNs(), lag.ns() == 0 ? node.previousAtNs() : lag.ns()));
        long lagNs = node.atNs() - lag.ns();
        Optional<Severity> now = severity(lagNs, missing.blocks());
        Optional<Severity> found = worse(oneWitnessAlone(missing, fleet) ? now.map(severity -> Severity.WARN) : now, firing);
        return Judgement.of(found, () -> finding(node, missing, lagNs), () -> finding(node, missing, lagNs));
    }

    private Optional<Severity> severity(long lagNs, int blocks) {
        if (lagNs < settings.warn().toNanos()) {
            return Optional.empty();
        }
        boolean page = lagNs >= settings.page().toNanos() || blocks >= settings.pageBlocks();
        return Optional.of(page ? Severity.PAGE : Severity.WARN);
    }

    /** One witness may be wrong, so it does not page. */
    private static boolean oneWitnessAlone(Missing missing, FleetContext fleet) {
        return missing.nodes().size() == 1 && fleet.nodes().find(missing.nodes().get(0)).filter(FleetNode::witness).isPresent();
    }

    private static Optional<Severity> worse(Optional<Severity> one, Optional<Severity> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    private Judgement notLagging(FleetNode node, Since lag) {
        lag.ends();
        if (node.stopped()) {
            return Judgement.over(() -> over(node)); // no digest follows
        }
        // It connected what it lacked after the last digest: how long it lagged is known only now.
        boolean connects = node.counts() && lag.ns() != 0 && node.connectedAtNs() > node.previousAtNs();
        long lateNs = connects ? node.connectedAtNs() - lag.ns() : 0;
        return Judgement.of(severity(lateNs, 1), () -> late(node, lateNs), () -> over(node));
    }

    private Finding finding(FleetNode node, Missing missing, long lagNs) {
        List<String> nodes = missing.nodes();
        String summary = String.format(Locale.ROOT, "%s lacks %s that %s connected %s ago", node.name(),
                missing.blocks() == 1 ? "block " + missing.height() : Words.count(missing.blocks(), "block"),
                Words.list(nodes, 5), Words.span(lagNs));
        String description = String.format(Locale.ROOT, "%s is at height %d and connected its last block %s ago. Its network has %s more, from"
                        + " height %d on, first connected by %s. This alert warns from %s and pages from %s, or from %s. Check"
                        + " whether the node has peers at the tip (bitcoin-cli getpeerinfo, synced_headers). Check whether it"
                        + " refuses the block (getchaintips), and whether it can still write to its disk.",
                node.name(), node.height(), Words.span(node.atNs() - node.connectedAtNs()),
                Words.count(missing.blocks(), "block"), missing.height(), Words.list(nodes, 5),
                Words.span(settings.warn().toNanos()), Words.span(settings.page().toNanos()),
                Words.count(settings.pageBlocks(), "missing block"));
        Evidence evidence = new Evidence(
                List.of(Measurement.against("lag", Words.seconds(lagNs), settings.warn().toSeconds(), "seconds"),
                        Measurement.against("missing-blocks", missing.blocks(), settings.pageBlocks(), "blocks"),
                        Measurement.of("height", node.height(), "blocks")),
                Map.of("nodes", nodes), node.blocksKnownSinceNs() <= node.connectedAtNs());
        return new Finding(summary, description, evidence);
    }

    private Finding late(FleetNode node, long lateNs) {
        String text = String.format(Locale.ROOT, "%s connected block %d %s after other nodes of its network", node.name(),
                node.height(), Words.span(lateNs));
        return new Finding(text, text + ". It has the blocks of its network again.", new Evidence(
                List.of(Measurement.against("lag", Words.seconds(lateNs), settings.warn().toSeconds(), "seconds"),
                        Measurement.of("height", node.height(), "blocks")), Map.of(), true));
    }

    @Override
    protected Finding over(FleetNode node) {
        String how = node.stopped() ? "was stopped" : node.leftOutOf(section()) ? "is left out by the configuration" : node.counts() ? "has the blocks of its network again" : "is catching up";
        return new Finding(node.name() + " " + how,
                String.format(Locale.ROOT, "%s %s, at height %d.", node.name(), how, node.height()),
                new Evidence(List.of(Measurement.of("height", node.height(), "blocks")), Map.of(), true));
    }
}
