package org.bitcoinwatchdog.detectors.blocks;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.fleet.FleetRule;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.BranchAnnouncer;
import org.bitcoinwatchdog.events.ChainBranch;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * A branch beside the chain of nodes of a fleet ({@link ForkBranch}): one alert that says which nodes are on which side. It has
 * the name of the nodes' own alerts and their highest severity, so it mutes them.
 */
public final class FleetBranch extends FleetRule {
    /** With one node, its own alert says it all. */
    private static final int FLEET = 2;
    private static final Duration CLEAR_AFTER = Duration.ofMinutes(1);

    private record Report(FleetNode node, ChainBranch branch) {
    }

    private final ForkBranch.Settings settings;
    /** What each node reported last, if it reported any. */
    private final Map<String, List<ChainBranch>> reported = new TreeMap<>();

    public FleetBranch(Rule rule, ForkBranch.Settings settings) {
        super(rule, CLEAR_AFTER, Judges.AT_EACH_DIGEST);
        this.settings = settings;
    }

    @Override
    protected boolean asks(FleetNode node, FleetContext fleet) {
        return !node.branches().isEmpty() || !reported.isEmpty() || firing();
    }

    @Override
    protected boolean take(FleetNode node, FleetContext fleet) {
        List<ChainBranch> now = node.stopped() ? List.of() : node.branches();
        return now.isEmpty() ? reported.remove(node.name()) != null : !now.equals(reported.put(node.name(), now));
    }

    @Override
    public boolean forget(String node) {
        return reported.remove(node) != null;
    }

    @Override
    protected Judgement judge(FleetNode node, FleetContext fleet) {
        List<FleetNode> nodes = fleet.nodes().all().filter(each -> each.hasTip() && !each.stopped() && each.heardAt(node.atNs())).toList();
        List<Report> reports = nodes.stream().flatMap(each -> reported.getOrDefault(each.name(), List.of()).stream()
                .map(branch -> new Report(each, branch))).toList();
        Optional<Report> worst = nodes.stream().filter(each -> !each.witness()).count() < FLEET ? Optional.empty()
                : reports.stream().max(Comparator.comparing((Report each) -> BranchText.severity(each.branch(), settings))
                        .thenComparing(each -> -each.branch().getWork()).thenComparing(each -> beside(each.branch(), reports))
                        .thenComparing(each -> BranchText.hash(each.branch().getFirstHash())));
        return Judgement.of(worst.map(each -> BranchText.severity(each.branch(), settings)),
                () -> finding(worst.orElseThrow(), nodes, reports, fleet), () -> over(fleet));
    }

    /** How many nodes have the branch beside their chain: of two sides of the same work, the branch is that of fewer nodes. */
    private static long beside(ChainBranch branch, List<Report> reports) {
        return reports.stream().filter(each -> each.branch().getFirstHash().equals(branch.getFirstHash())).count();
    }

    /** Names of nodes by the side that they are on, in the order of the branch, the chain, and those of which it is not known. */
    private static Map<ByteString, List<String>> sides(Report worst, List<FleetNode> nodes, List<Report> reports, FleetContext fleet) {
        ChainBranch branch = worst.branch();
        Map<ByteString, List<String>> sides = new LinkedHashMap<>();
        Stream.of(branch.getFirstHash(), branch.getOwnFirstHash(), ByteString.EMPTY).forEach(first -> sides.put(first, new ArrayList<>()));
        for (FleetNode node : nodes) {
            Optional<ByteString> reportedSide = reports.stream()
                    .filter(report -> report.node() == node && report.branch().getForkHash().equals(branch.getForkHash()))
                    .map(report -> report.branch().getOwnFirstHash()).findFirst();
            ByteString side = reportedSide.or(() -> fleet.tree().at(branch.getForkHeight() + 1, node.hash()).map(BlockHash::wire)).orElse(ByteString.EMPTY);
            sides.getOrDefault(side, sides.get(ByteString.EMPTY)).add(node.name());
        }
        return sides;
    }

    private Finding finding(Report worst, List<FleetNode> nodes, List<Report> reports, FleetContext fleet) {
        ChainBranch branch = worst.branch();
        Map<ByteString, List<String>> sides = sides(worst, nodes, reports, fleet);
        List<String> onBranch = sides.get(branch.getFirstHash());
        List<String> onChain = branch.getOwnFirstHash().isEmpty() ? List.of(worst.node().name()) : sides.get(branch.getOwnFirstHash());
        List<BranchAnnouncer> announcers = reports.stream().filter(report -> report.branch().getFirstHash().equals(branch.getFirstHash()))
                .flatMap(report -> report.branch().getAnnouncersList().stream()).distinct().toList();
        String summary = String.format(Locale.ROOT, "%s of %s grows on %s since block %d", BranchText.name(branch),
                Words.count(branch.getLength(), "block"), fleet.network(), branch.getForkHeight() + 1);
        String description = String.format(Locale.ROOT, "%s. The branch began with block %s: %s. The other side began with block %s: %s. The newest"
                        + " block of the branch, %s, was heard of %s ago, %s. %s.%s %s Each node's own alert says how it compares. Hold deposits"
                        + " until one branch has stopped.",
                summary, BranchText.hash(branch.getFirstHash()), on(onBranch), BranchText.hash(branch.getOwnFirstHash()), on(onChain),
                BranchText.hash(branch.getTipHash()), Words.span(worst.node().atNs() - branch.getExtendedAtNs()),
                BranchText.announcers(announcers), BranchText.comparison(branch, worst.node().name()), BranchText.signals(branch),
                BranchText.thresholds(settings));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("length", branch.getLength(), settings.page(), "blocks"),
                        Measurement.of("own-length", branch.getOwnLength(), "blocks"),
                        Measurement.of("nodes-on-branch", onBranch.size(), "nodes"),
                        Measurement.of("nodes-on-chain", onChain.size(), "nodes"),
                        Measurement.of("height", branch.getForkHeight() + 1, "blocks")),
                Map.of("blocks", List.of(BranchText.hash(branch.getFirstHash()), BranchText.hash(branch.getTipHash())),
                        "nodes", Stream.concat(onBranch.stream(), onChain.stream()).distinct().limit(20).toList()), true));
    }

    private static String on(List<String> nodes) {
        return nodes.isEmpty() ? "no node of the fleet is on it" : Words.list(nodes, 5) + (nodes.size() == 1 ? " is on it" : " are on it");
    }

    private Finding over(FleetContext fleet) {
        return Finding.of("No branch has grown beside the chain of a node of " + fleet.network() + " for " + Words.span(settings.hold().toNanos()));
    }

    @Override
    public String section() {
        return super.section() + "-fleet";
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.each(reported.entrySet(), (entry, to) -> to.text(entry.getKey()).each(entry.getValue(),
                (branch, each) -> each.bytes(branch.toByteString())));
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        in.each(from -> {
            List<ChainBranch> branches = new ArrayList<>();
            reported.put(from.text(), branches);
            from.each(each -> branches.add(parsed(each.byteString())));
        });
    }

    private static ChainBranch parsed(ByteString stored) {
        try {
            return ChainBranch.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a stored branch can't be read", e);
        }
    }
}
