package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.fleet.FleetRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * One node alone is ahead of all others in a fleet of three or more. FleetLag asks for two nodes that are ahead. So it
 * does not fire if all nodes but one are starved, or if one node follows another chain.
 *
 * <p>The time counts from when the node connected its first block that the others lack. It must have passed by the
 * clock of that node and by the clock of every other.
 */
public final class AloneAhead extends FleetRule {
    /** In a fleet of two, FleetLag judges. */
    private static final int FLEET = 3;

    /**
     * @param warn       time from which the rule warns
     * @param page       time from which it pages
     * @param pageBlocks missing blocks of the others from which it pages as soon as it warns
     * @param clearAfter how long no node must be alone before the alert resolves
     */
    public record Settings(boolean enabled, Duration warn, Duration page, int pageBlocks, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.positive("warn", warn);
            Check.ordered("warn", warn, "page", page);
            Check.atLeastOne("page-blocks", pageBlocks);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofSeconds(60), Duration.ofMinutes(5), 2, Duration.ofSeconds(30));
        }
    }

    private record Lead(FleetNode node, List<FleetNode> others, int blocks, long lastedNs) {
    }

    private final Settings settings;

    public AloneAhead(Rule rule, Settings settings) {
        super(rule, settings.clearAfter(), Judges.EACH_SECOND);
        this.settings = settings;
    }

    @Override
    protected Judgement judge(FleetNode node, FleetContext fleet) {
        Optional<Lead> lead = cohorts(node, fleet).flatMap(cohort -> lead(cohort, fleet).stream())
                .max(Comparator.comparingLong(Lead::lastedNs));
        Optional<Severity> now = lead.flatMap(this::severity);
        Optional<Severity> found = lead.isPresent() ? Stream.of(now, severity()).flatMap(Optional::stream).max(Comparator.naturalOrder()) : now;
        Supplier<Finding> finding = () -> lead.map(each -> finding(each, fleet)).orElseGet(() -> over(fleet));
        return Judgement.of(found, finding, finding);
    }

    /** Nodes of one chain that can be compared now. */
    private Stream<List<FleetNode>> cohorts(FleetNode now, FleetContext fleet) {
        Stream<FleetNode> compared = fleet.nodes().all().filter(each -> each.counts() && each.tipKnown() && !each.behind()
                && each.heardAt(now.atNs()) && !each.leftOutOf(section()));
        return compared.collect(Collectors.groupingBy(each -> fleet.chains().of(each.name()), TreeMap::new, Collectors.toList()))
                .values().stream().filter(cohort -> cohort.size() >= FLEET);
    }

    private static Optional<Lead> lead(List<FleetNode> cohort, FleetContext fleet) {
        List<FleetNode> others = new ArrayList<>(cohort);
        FleetNode first = cohort.stream().max(Comparator.comparingInt(FleetNode::height)).orElseThrow();
        others.remove(first);
        if (others.stream().allMatch(FleetNode::witness)) {
            return Optional.empty(); // WitnessDisagrees judges witnesses
        }
        int height = others.stream().mapToInt(FleetNode::height).max().orElseThrow();
        // A node that replaces blocks is lower for a moment, so the time counts anew when another node connects a block.
        long othersConnectedNs = others.stream().mapToLong(FleetNode::connectedAtNs).max().orElseThrow();
        return fleet.blocks().above(height, connect -> connect.node().equals(first.name()), first.blocksKnownSinceNs())
                .values().stream().findFirst().map(connects -> Math.max(connects.get(0).atNs(), othersConnectedNs))
                .map(sinceNs -> new Lead(first, others, first.height() - height,
                        cohort.stream().mapToLong(FleetNode::atNs).min().orElseThrow() - sinceNs));
    }

    private Optional<Severity> severity(Lead lead) {
        if (lead.lastedNs() < settings.warn().toNanos()) {
            return Optional.empty();
        }
        // One witness may be wrong, so it does not page.
        boolean page = !lead.node().witness()
                && (lead.lastedNs() >= settings.page().toNanos() || lead.blocks() >= settings.pageBlocks());
        return Optional.of(page ? Severity.PAGE : Severity.WARN);
    }

    private Finding finding(Lead lead, FleetContext fleet) {
        String name = lead.node().name();
        List<String> others = lead.others().stream().map(FleetNode::name).toList();
        String summary = String.format(Locale.ROOT, "%s alone has %s that %s of %s lack", name, Words.count(lead.blocks(), "block"),
                Words.count(others.size(), "other node"), fleet.network());
        String description = String.format(Locale.ROOT, "%s connected block %d. After %s, no other node has it: %s. The others may be cut off"
                        + " from blocks, or %s may follow another chain. This alert warns from %s and pages from %s, or from %s."
                        + " Compare the tip of %s with a block explorer. If the explorer has it, treat all other nodes as starved:"
                        + " check their peers (bitcoin-cli getpeerinfo, synced_headers).",
                name, lead.node().height(), Words.span(lead.lastedNs()), Words.list(others, 5), name,
                Words.span(settings.warn().toNanos()), Words.span(settings.page().toNanos()),
                Words.count(settings.pageBlocks(), "block"), name);
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("lasted", Words.seconds(lead.lastedNs()), settings.warn().toSeconds(), "seconds"),
                        Measurement.of("nodes-behind", others.size(), "nodes"),
                        Measurement.against("blocks-ahead", lead.blocks(), settings.pageBlocks(), "blocks"),
                        Measurement.of("height", lead.node().height(), "blocks")),
                Map.of("ahead", List.of(name), "nodes", others.stream().limit(20).toList(),
                        "blocks", List.of(lead.node().hash().toString())), true));
    }

    private static Finding over(FleetContext fleet) {
        String text = "No node of " + fleet.network() + " is ahead of all others";
        return new Finding(text, text + ".", Evidence.NONE);
    }
}
