package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.fleet.FleetRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * No node of a network has connected a block for T = m·ln(P/m), where m is the mean interval. Blocks come as a Poisson
 * process, so an interval exceeds T with probability exp(−T/m) = m/P: one in P/m intervals, which is one false alarm in
 * the period P. One alert covers the whole fleet. If one node of several gets no blocks, FleetLag fires.
 *
 * <p>Each node's silence is measured by its own clock. The alert needs the silence of every node that can be judged.
 */
public final class NoBlock extends FleetRule {
    private static final double NS_PER_S = 1e9;

    /**
     * @param budgetPeriod     one false alarm is expected in this time
     * @param expectedInterval mean time between blocks, until {@code minBlocks} were seen
     * @param shortestInterval lower limit of the measured mean
     * @param longestInterval  upper limit of the measured mean
     * @param minBlocks        number of intervals needed to measure the mean
     */
    public record Settings(
            boolean enabled, Duration budgetPeriod, Duration expectedInterval, Duration shortestInterval,
            Duration longestInterval, int minBlocks) implements RuleSettings {
        public Settings {
            Check.positive("shortest-interval", shortestInterval);
            Check.ordered("shortest-interval", shortestInterval, "expected-interval", expectedInterval);
            Check.ordered("expected-interval", expectedInterval, "longest-interval", longestInterval);
            Check.atLeastOne("min-blocks", minBlocks);
            if (budgetPeriod.compareTo(longestInterval.multipliedBy(10)) < 0) {
                throw new IllegalArgumentException("budget-period must be at least 10 times longest-interval");
            }
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofDays(365), Duration.ofSeconds(600), Duration.ofSeconds(480),
                    Duration.ofSeconds(900), 144);
        }

        public Settings off() {
            return new Settings(false, budgetPeriod, expectedInterval, shortestInterval, longestInterval, minBlocks);
        }

        /** The intervals of testnets: see {@link MeanInterval#ofFewMiners}. */
        public Settings ofFewMiners() {
            return new Settings(enabled, budgetPeriod, MeanInterval.ofFewMiners(expectedInterval),
                    MeanInterval.ofFewMiners(shortestInterval), MeanInterval.ofFewMiners(longestInterval), minBlocks);
        }
    }

    private final Settings settings;
    private final MeanInterval intervals = new MeanInterval();

    public NoBlock(Rule rule, Settings settings) {
        super(rule, Duration.ZERO, Judges.AT_EACH_DIGEST);
        this.settings = settings;
    }

    /** One alert can't cover several chains. */
    @Override
    protected boolean asks(FleetNode node, FleetContext fleet) {
        return !node.witness() && fleet.chains().of(node.name()).equals(largestChain(node, fleet));
    }

    @Override
    protected boolean take(FleetNode node, FleetContext fleet) {
        return node.counts() && node.hasTip() && intervals.add(node.height(), node.connectedAtNs());
    }

    @Override
    protected Judgement judge(FleetNode node, FleetContext fleet) {
        long thresholdNs = thresholdNs();
        BlockWait verdict = verdict(node, fleet, thresholdNs);
        return verdict == BlockWait.UNKNOWN ? Judgement.UNDECIDED : Judgement.of(verdict == BlockWait.SILENT, Severity.PAGE,
                () -> finding(node, fleet, thresholdNs), () -> over(verdict, node, fleet));
    }

    /** The chain with most nodes, if one network's name covers several chains. */
    private static String largestChain(FleetNode node, FleetContext fleet) {
        return fleet.chains().identified() ? fleet.chains().of(node.name()) : fleet.nodes().all()
                .collect(Collectors.groupingBy(each -> fleet.chains().of(each.name()), TreeMap::new, Collectors.counting()))
                .entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElseThrow();
    }

    private enum BlockWait { SILENT, BLOCKS, NOBODY, UNKNOWN }

    private static BlockWait verdict(FleetNode node, FleetContext fleet, long thresholdNs) {
        if (!node.counts()) {
            return fleet.nodes().anyComparableWith(node, other -> true) ? BlockWait.UNKNOWN : BlockWait.NOBODY;
        }
        if (connectedWithin(node, thresholdNs)) {
            return BlockWait.BLOCKS;
        }
        if (silenceNs(node) <= thresholdNs || node.behind()) {
            return BlockWait.UNKNOWN; // not watched for long enough, or other nodes must be read first
        }
        return fleet.nodes().anyComparableWith(node, other -> connectedWithin(other, thresholdNs)) ? BlockWait.BLOCKS : BlockWait.SILENT;
    }

    long thresholdNs() {
        double clamped = intervals.clamped(
                settings.minBlocks(), settings.expectedInterval(), settings.shortestInterval(), settings.longestInterval());
        return (long) (clamped * Math.log(settings.budgetPeriod().toSeconds() / clamped) * NS_PER_S);
    }

    private static boolean connectedWithin(FleetNode node, long thresholdNs) {
        return node.hasTip() && node.atNs() - node.connectedAtNs() <= thresholdNs;
    }

    /** How long the node is known to have connected no block. */
    private static long silenceNs(FleetNode node) {
        return node.atNs() - Math.max(node.connectedAtNs(), node.blocksKnownSinceNs());
    }

    private Finding finding(FleetNode node, FleetContext fleet, long thresholdNs) {
        long silentNs = silenceNs(node);
        List<String> nodes = fleet.nodes().all().filter(FleetNode::counts).map(FleetNode::name).toList();
        String summary = String.format(Locale.ROOT, "No block on %s for %s", fleet.network(), Words.span(silentNs));
        String description = String.format(Locale.ROOT, "%s of %s connected no block for %s, since height %d. By chance a gap is longer than"
                        + " %s once in %d days. Check whether other observers see new blocks. If they do, these nodes are cut"
                        + " off together (network, firewall, a common upstream). Otherwise the whole network is slow.",
                Words.count(nodes.size(), "node"), fleet.network(), Words.span(silentNs), node.height(),
                Words.span(thresholdNs), settings.budgetPeriod().toDays());
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("silence", Words.seconds(silentNs), Words.seconds(thresholdNs), "seconds"),
                        Measurement.of("height", node.height(), "blocks")),
                Map.of("nodes", nodes), true));
    }

    private static Finding over(BlockWait verdict, FleetNode node, FleetContext fleet) {
        String text = verdict == BlockWait.BLOCKS
                ? "Blocks are connected again on " + fleet.network() + ", up to height " + fleet.blocks().highest()
                : "No node of " + fleet.network() + " is left that can be judged";
        int height = fleet.blocks().highest();
        return new Finding(text, text + ".", new Evidence(
                height < 0 ? List.of() : List.of(Measurement.of("height", height, "blocks")),
                Map.of("nodes", List.of(node.name())), true));
    }

    @Override
    protected void saveFacts(StateWriter out) {
        intervals.save(out);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        intervals.restore(in);
    }
}
