package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetAlerts;
import org.bitcoinwatchdog.detectors.fleet.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * Nodes of one network are on different chains: two hashes at one height are both held by nodes at rest, which are those
 * that run, are heard of, and are at the tip. Two miners finding a block at once divide a fleet too, but only until the
 * next block, after which all take the longer branch; the wait for that block is often longer than ten minutes. So the
 * time counts from when a branch was extended, and what nobody extends counts from a later time on.
 *
 * <p>Functional tests keep nodes on chains of their own on purpose: they never rest at the tip for half an hour (see Chain).
 */
public final class FleetSplit implements FleetDetector {
    /** Looking at all nodes at each digest of each would cost the square of their number. */
    private static final long JUDGED_EVERY_NS = Duration.ofSeconds(1).toNanos();
    static final Rule RULE = new Rule(StalledBlocks.DETECTOR, "FleetSplit", Severity.PAGE);

    /**
     * @param page     how long after a branch was extended the other must still be held
     * @param tie      how long two branches of the same height may both be held: of exponential intervals one in 8,000 is
     *                 longer than 9 means
     */
    public record Settings(boolean enabled, Duration page, Duration tie, Duration clearAfter) {
        public Settings {
            Check.positive("page", page);
            Check.ordered("page", page, "tie", tie);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofMinutes(10), Duration.ofMinutes(90), Duration.ofSeconds(30));
        }
    }

    private record Split(int height, long lastedNs, Map<BlockHash, List<FleetNode>> holders) {
    }

    private final Settings settings;
    private final Branches branches = new Branches();
    private final AlertState alert;
    private long judgedAtNs;

    FleetSplit(Settings settings) {
        this.settings = settings;
        alert = new AlertState(RULE, settings.clearAfter());
    }

    @Override
    public boolean on(FleetNode node, FleetContext fleet, FleetAlerts alerts) {
        boolean changed = branches.follow(node) | (node.counts() && node.hasTip() && branches.connected(node));
        List<Map.Entry<Integer, Branches.Fork>> forks = branches.forks();
        boolean due = Math.abs(node.atNs() - judgedAtNs) >= JUDGED_EVERY_NS;
        if (!due || forks.isEmpty() && !alert.firing()) {
            return changed;
        }
        judgedAtNs = node.atNs();
        Optional<Split> split = longest(forks, node, fleet);
        alert.judge(split.map(found -> Severity.PAGE), node.atNs(),
                () -> split.map(found -> finding(found, fleet)).orElseGet(() -> over(fleet)), alerts.fleet());
        return true;
    }

    private Optional<Split> longest(List<Map.Entry<Integer, Branches.Fork>> forks, FleetNode now, FleetContext fleet) {
        if (forks.isEmpty()) {
            return Optional.empty();
        }
        List<FleetNode> atRest = fleet.nodes().all()
                .filter(node -> node.counts() && node.hasTip() && node.heardAt(now.atNs()))
                .filter(node -> !node.leftOutOf(section())).toList();
        return forks.stream().flatMap(fork -> split(fork.getKey(), fork.getValue(), atRest).stream()).findFirst();
    }

    private Optional<Split> split(int height, Branches.Fork fork, List<FleetNode> atRest) {
        Map<BlockHash, List<FleetNode>> holders = branches.holders(height, fork, atRest);
        if (holders.size() < 2) {
            return Optional.empty();
        }
        OptionalLong extended = branches.extendedAtNs(height);
        long fromNs = extended.orElse(Long.MIN_VALUE);
        long lastedNs = holders.values().stream().mapToLong(nodes -> heldNs(height, fork, nodes, fromNs)).min().orElseThrow();
        return lastedNs >= (extended.isPresent() ? settings.page() : settings.tie()).toNanos()
                ? Optional.of(new Split(height, lastedNs, holders)) : Optional.empty();
    }

    /** How long nodes have held a branch since a time, by the clock of each. */
    private static long heldNs(int height, Branches.Fork fork, List<FleetNode> holders, long fromNs) {
        return holders.stream().mapToLong(node -> {
            Branches.Held held = fork.others().get(node.name());
            long since = held != null ? held.sinceNs() : node.height() == height ? node.connectedAtNs() : Long.MIN_VALUE;
            return node.atNs() - Math.max(Math.max(since, fromNs), node.blocksKnownSinceNs());
        }).max().orElseThrow();
    }

    private Finding finding(Split split, FleetContext fleet) {
        List<String> sides = new ArrayList<>();
        split.holders().forEach((hash, nodes) ->
                sides.add(hash + " on " + Words.list(nodes.stream().map(FleetNode::name).toList(), 5)));
        String summary = String.format("The nodes of %s are on %s since block %d",
                fleet.network(), Words.count(sides.size(), "chain"), split.height());
        String description = String.format("%s, for %s: %s. It pages %s after one of them was extended, or %s after both stopped."
                        + " Find out which chain the network is on (block explorers, bitcoin-cli getchaintips on each side), take"
                        + " the nodes of the other out of service, and check whether they run different versions or were shown a"
                        + " chain of their own.",
                summary, Words.span(split.lastedNs()), String.join("; ", sides), Words.span(settings.page().toNanos()),
                Words.span(settings.tie().toNanos()));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("lasted", Words.seconds(split.lastedNs()), settings.page().toSeconds(), "seconds"),
                        Measurement.of("chains", sides.size(), "chains"), Measurement.of("height", split.height(), "blocks")),
                Map.of("blocks", split.holders().keySet().stream().map(BlockHash::toString).toList(),
                        "nodes", split.holders().values().stream().flatMap(List::stream).map(FleetNode::name).limit(20).toList()),
                true));
    }

    private static Finding over(FleetContext fleet) {
        String text = "The nodes of " + fleet.network() + " that can be compared are on one chain";
        return new Finding(text, text + ".", Evidence.NONE);
    }

    @Override
    public String section() {
        return "fleet-split";
    }

    @Override
    public void save(StateWriter out) {
        out.version(2).number(judgedAtNs);
        branches.save(out);
        alert.save(out);
    }

    @Override
    public void restore(StateReader in) {
        int version = in.version(2);
        judgedAtNs = in.number();
        branches.restore(in, version);
        alert.restore(in);
    }
}
