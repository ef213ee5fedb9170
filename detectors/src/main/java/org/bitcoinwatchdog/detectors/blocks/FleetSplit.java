package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
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
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
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

    /**
     * @param page     how long after a branch was extended the other must still be held
     * @param tie      how long two branches of the same height may both be held: of exponential intervals one in 8,000 is
     *                 longer than 9 means
     */
    public record Settings(boolean enabled, Duration page, Duration tie, Duration clearAfter) implements RuleSettings {
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
    /** By the name of the chain: almost always one. */
    private final TreeMap<String, Branches> branches = new TreeMap<>();
    /** On which chain each node was last, where the network's name does not say it. */
    private final Map<String, String> chains = new TreeMap<>();
    private final AlertState alert;
    private long judgedAtNs;

    public FleetSplit(Rule rule, Settings settings) {
        this.settings = settings;
        alert = new AlertState(rule, settings.clearAfter());
    }

    @Override
    public boolean on(FleetNode node, FleetContext fleet, FleetAlerts alerts) {
        Branches own = own(node, fleet);
        boolean changed = own.follow(node) | (node.counts() && node.hasTip() && own.connected(node));
        List<Fork> forks = forks();
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

    /** A height at which the nodes of one chain hold several hashes. */
    private record Fork(String chain, int height, Branches.Fork held) {
    }

    private Branches own(FleetNode node, FleetContext fleet) {
        String chain = fleet.chains().of(node.name());
        String before = fleet.chains().identified() ? chain : chains.put(node.name(), chain);
        Branches own = branches.computeIfAbsent(chain, name -> new Branches());
        if (!chain.equals(before)) {
            if (branches.containsKey(before == null ? "" : before)) {
                branches.get(before == null ? "" : before).forget(node.name());
            }
            own.joins(node); // it turned out to be of this chain; which blocks below its tip it has is not known
            branches.keySet().removeIf(name -> !chains.containsValue(name));
        }
        return own;
    }

    private List<Fork> forks() {
        if (branches.size() == 1) {
            return forks(branches.firstEntry()).toList();
        }
        return branches.entrySet().stream().flatMap(FleetSplit::forks).toList();
    }

    private static Stream<Fork> forks(Map.Entry<String, Branches> chain) {
        return chain.getValue().forks().stream().map(fork -> new Fork(chain.getKey(), fork.getKey(), fork.getValue()));
    }

    private Optional<Split> longest(List<Fork> forks, FleetNode now, FleetContext fleet) {
        if (forks.isEmpty()) {
            return Optional.empty();
        }
        List<FleetNode> atRest = fleet.nodes().all()
                .filter(node -> node.counts() && node.hasTip() && node.heardAt(now.atNs()))
                .filter(node -> !node.leftOutOf(section())).toList();
        return forks.stream().flatMap(fork -> split(fork, atRest, fleet).stream()).findFirst();
    }

    private Optional<Split> split(Fork at, List<FleetNode> atRest, FleetContext fleet) {
        int height = at.height();
        Branches.Fork fork = at.held();
        Branches chain = branches.get(at.chain());
        Map<BlockHash, List<FleetNode>> holders = chain.holders(height, fork,
                atRest.stream().filter(node -> fleet.chains().of(node.name()).equals(at.chain())).toList());
        if (holders.size() < 2) {
            return Optional.empty();
        }
        OptionalLong extended = chain.extendedAtNs(height);
        long fromNs = extended.orElse(Long.MIN_VALUE);
        long lastedNs = holders.values().stream().mapToLong(nodes -> heldNs(height, fork, nodes, fromNs)).min().orElseThrow();
        return lastedNs >= (extended.isPresent() ? settings.page() : settings.tie()).toNanos()
                ? Optional.of(new Split(height, lastedNs, holders)) : Optional.empty();
    }

    @Override
    public boolean forget(String node) {
        boolean changed = chains.remove(node) != null;
        for (Branches each : branches.values()) {
            changed |= each.forget(node);
        }
        return changed;
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
        String summary = String.format(Locale.ROOT, "The nodes of %s are on %s since block %d",
                fleet.network(), Words.count(sides.size(), "chain"), split.height());
        String description = String.format(Locale.ROOT, "%s, for %s: %s. It pages %s after one of them was extended, or %s after both stopped."
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
        return alert.rule().key();
    }

    @Override
    public void save(StateWriter out) {
        out.version(3).number(judgedAtNs).each(branches.entrySet(), (entry, to) -> {
            to.text(entry.getKey());
            entry.getValue().save(to);
        });
        out.each(chains.entrySet(), (entry, to) -> to.text(entry.getKey()).text(entry.getValue()));
        alert.save(out);
    }

    @Override
    public void restore(StateReader in) {
        int version = in.version(3);
        judgedAtNs = in.number();
        if (version >= 3) {
            in.each(from -> branches.computeIfAbsent(from.text(), chain -> new Branches()).restore(from, version));
            in.each(from -> chains.put(from.text(), from.text()));
        } else {
            branches.computeIfAbsent("", chain -> new Branches()).restore(in, version);
        }
        alert.restore(in);
    }
}
