package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.fleet.FleetRule;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * Nodes of one network are on different chains: two nodes that are at rest at the tip have no block in common above a
 * fork. They are judged by ancestry, so the split is over as soon as they share a block (see {@link Fork}).
 *
 * <p>Two miners who find a block at once divide a fleet too, but only until the next block. The wait for that block is
 * often longer than ten minutes. So the time counts from when a branch got a second block. Two branches of one block
 * count after a longer time.
 *
 * <p>Functional tests keep nodes on chains of their own on purpose. Such nodes are never at the tip for long enough
 * (see Chain).
 */
public final class FleetSplit extends FleetRule {
    /** Checking all nodes at each digest of each node would cost the square of their number. */
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

    /** Only this many tips are compared, those with most nodes first: each is compared with every other. */
    private static final int TIPS = 16;

    private record Split(Fork fork, long lastedNs) {
    }

    private final Settings settings;
    private final List<Fork> forks = new ArrayList<>();
    /** Nodes that can be compared at this time. */
    private List<FleetNode> compared = List.of();
    private List<FleetNode> known = List.of();

    public FleetSplit(Rule rule, Settings settings) {
        super(rule, settings.clearAfter(), Judges.EACH_SECOND);
        this.settings = settings;
    }

    @Override
    protected boolean asks(FleetNode node, FleetContext fleet) {
        return !forks.isEmpty() || firing() || fleet.tree().forked();
    }

    @Override
    protected boolean take(FleetNode node, FleetContext fleet) {
        compared = fleet.nodes().all().filter(each -> comparable(each, node.atNs())).toList();
        known = compared.stream().filter(FleetNode::tipKnown).toList();
        forks.forEach(fork -> follow(fork, compared, known, fleet));
        forks.removeIf(fork -> !fork.open() || !dividesOneSide(fork, fleet));
        open(known.stream().filter(FleetNode::counts).toList(), fleet);
        return true;
    }

    @Override
    protected Judgement judge(FleetNode node, FleetContext fleet) {
        Optional<Split> split = longest();
        return Judgement.of(split.map(found -> severity(found.fork())), () -> finding(split.orElseThrow(), fleet), () -> over(fleet));
    }

    /** Whether nodes that are compared hold both branches. A split that the configuration knows divides nobody. */
    private boolean dividesOneSide(Fork fork, FleetContext fleet) {
        Set<String> left = chainsOf(fork, true, fleet);
        left.retainAll(chainsOf(fork, false, fleet));
        return !left.isEmpty();
    }

    private Set<String> chainsOf(Fork fork, boolean left, FleetContext fleet) {
        return compared.stream().filter(node -> fork.heldBy(node).equals(Optional.of(left)))
                .map(node -> fleet.chains().of(node.name())).collect(Collectors.toCollection(HashSet::new));
    }

    private boolean comparable(FleetNode node, long nowNs) {
        return node.hasTip() && !node.stopped() && node.heardAt(nowNs) && !node.leftOutOf(section());
    }

    private void follow(Fork fork, List<FleetNode> compared, List<FleetNode> known, FleetContext fleet) {
        fork.retain(compared);
        known.forEach(node -> fork.take(node, fleet.tree()));
        fork.join(known, fleet.tree());
        known.stream().filter(node -> fork.heldBy(node).isPresent()).max(Comparator.comparingInt(FleetNode::height))
                .ifPresent(highest -> fork.extendedBy(highest, compared));
        fork.moveRoots(known, fleet.tree());
    }

    /** Two tips whose chains part form a fork, unless a known fork separates them already. */
    private void open(List<FleetNode> atRest, FleetContext fleet) {
        Map<BlockHash, List<FleetNode>> byTip = atRest.stream()
                .collect(Collectors.groupingBy(FleetNode::hash, LinkedHashMap::new, Collectors.toList()));
        List<FleetNode> tips = byTip.values().stream().sorted(Comparator.comparingInt(nodes -> -nodes.size())).limit(TIPS)
                .map(nodes -> nodes.get(0)).toList();
        for (int i = 0; i < tips.size(); i++) {
            for (FleetNode other : tips.subList(i + 1, tips.size())) {
                FleetNode one = tips.get(i);
                if (fleet.chains().together(one.name(), other.name()) && forks.stream().noneMatch(fork -> fork.separates(one, other))) {
                    fleet.tree().parting(one.hash(), other.hash()).map(Fork::at).ifPresent(fork -> {
                        forks.add(fork);
                        follow(fork, atRest, atRest, fleet);
                    });
                }
            }
        }
    }

    /** While the alert fires, a node whose tip is unknown for the moment stays on its branch. */
    private Optional<Split> longest() {
        List<FleetNode> atRest = firing() ? compared : known.stream().filter(FleetNode::counts).toList();
        return forks.stream().filter(fork -> holders(fork, false).anyMatch(holder -> true))
                .flatMap(fork -> fork.lastedNs(atRest)
                        .filter(lasted -> lasted >= (fork.extended() ? settings.page() : settings.tie()).toNanos())
                        .map(lasted -> new Split(fork, lasted)).stream())
                .max(Comparator.comparingLong(Split::lastedNs));
    }

    /** One witness against all nodes warns, since the witness may be wrong. */
    private Severity severity(Fork fork) {
        Set<Optional<Boolean>> ofNodes = holders(fork, false).map(fork::heldBy).collect(Collectors.toSet());
        boolean againstAll = ofNodes.size() == 1
                && holders(fork, true).filter(witness -> !ofNodes.contains(fork.heldBy(witness))).count() == 1;
        return againstAll ? Severity.WARN : Severity.PAGE;
    }

    private Stream<FleetNode> holders(Fork fork, boolean witnesses) {
        return compared.stream().filter(node -> node.witness() == witnesses && fork.heldBy(node).isPresent());
    }

    @Override
    public boolean forget(String node) {
        boolean changed = false;
        for (Fork fork : forks) {
            changed |= fork.leave(node);
        }
        return changed;
    }

    private Finding finding(Split split, FleetContext fleet) {
        Fork fork = split.fork();
        Map<BlockHash, List<String>> sides = fork.holders(compared);
        String summary = String.format(Locale.ROOT, "Nodes of %s are on different chains since block %d", fleet.network(), fork.height());
        List<String> texts = new ArrayList<>();
        sides.forEach((hash, nodes) -> texts.add(hash + " on " + Words.list(nodes, 5)));
        String description = String.format(Locale.ROOT, "%s, for %s: %s. This alert fires %s after one branch got a second block, or %s"
                        + " after both branches began. Find out which chain the network is on (block explorers, bitcoin-cli"
                        + " getchaintips on each side). Take the nodes of the other chain out of service. Check whether they run"
                        + " different versions, or whether their peers showed them another chain.",
                summary, Words.span(split.lastedNs()), String.join("; ", texts), Words.span(settings.page().toNanos()),
                Words.span(settings.tie().toNanos()));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("lasted", Words.seconds(split.lastedNs()), settings.page().toSeconds(), "seconds"),
                        Measurement.of("chains", sides.size(), "chains"), Measurement.of("height", fork.height(), "blocks")),
                Map.of("blocks", sides.keySet().stream().map(BlockHash::toString).toList(),
                        "nodes", sides.values().stream().flatMap(List::stream).limit(20).toList()),
                true));
    }

    private static Finding over(FleetContext fleet) {
        String text = "The nodes of " + fleet.network() + " that can be compared are on one chain";
        return new Finding(text, text + ".", Evidence.NONE);
    }

    @Override
    protected int version() {
        return 4;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.each(forks, (fork, to) -> fork.save(to));
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        if (version >= 4) {
            in.each(from -> forks.add(Fork.restored(from)));
        } else {
            skipHashesByHeight(in, version);
        }
    }

    /** Versions up to 3 kept hashes by height, which don't tell ancestors: the forks are found anew. */
    private static void skipHashesByHeight(StateReader in, int version) {
        if (version < 3) {
            skipOneChain(in, version);
            return;
        }
        in.each(from -> {
            from.text();
            skipOneChain(from, version);
        });
        in.each(from -> {
            from.text();
            from.text();
        });
    }

    private static void skipOneChain(StateReader in, int version) {
        in.each(from -> {
            from.number();
            from.bytes();
            from.number();
            from.each(other -> {
                other.text();
                other.bytes();
                other.number();
            });
        });
        if (version >= 2) {
            in.each(from -> {
                from.text();
                from.number();
                from.flag();
            });
        }
    }
}
