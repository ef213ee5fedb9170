package org.bitcoinwatchdog.detectors.fleet;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.state.Section;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.detectors.state.Faults;
import org.bitcoinwatchdog.events.NodeDigest;

/**
 * The nodes of one network, each in a section of its own, so that a digest writes the state of one node, not of a
 * thousand.
 */
public final class FleetNodes {
    private static final long FORGOTTEN_NS = Duration.ofDays(30).toNanos();

    private final Map<String, Section<FleetNode>> nodes = new LinkedHashMap<>();
    /**
     * The nodes that {@linkplain FleetNode#counts() count}. Searching all nodes at each digest would cost the square of
     * their number.
     */
    private final Set<FleetNode> counting = new LinkedHashSet<>();
    private final Map<String, byte[]> removed = new LinkedHashMap<>();
    private final Section<Names> names;
    private Supplier<SharedChains> chains;

    FleetNodes(Function<String, byte[]> stored, Faults faults) {
        names = Section.load(Names::new, stored, faults);
        names.value().known.forEach(name -> {
            Section<FleetNode> section = Section.load(() -> new FleetNode(name), stored, faults);
            nodes.put(name, section);
            count(section.value());
        });
    }

    /** @param sharedChains which nodes are compared */
    void among(Supplier<SharedChains> sharedChains) {
        chains = sharedChains;
    }

    private boolean together(FleetNode node, FleetNode other) {
        return chains.get().together(node.name(), other.name());
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    void remove(FleetNode node) {
        nodes.remove(node.name());
        drop(node);
    }

    void clear() {
        List.copyOf(nodes.values()).forEach(section -> remove(section.value()));
    }

    private void drop(FleetNode node) {
        counting.remove(node);
        removed.put(node.section(), null);
        names.value().known.remove(node.name());
        names.changed(true);
    }

    public Stream<FleetNode> all() {
        return nodes.values().stream().map(Section::value);
    }

    public Optional<FleetNode> find(String name) {
        return Optional.ofNullable(nodes.get(name)).map(Section::value);
    }

    /** Whether any node that can be compared with this one at its time (at the tip, not silent) is of that kind. */
    public boolean anyComparableWith(FleetNode node, Predicate<FleetNode> kind) {
        for (FleetNode other : counting) {
            if (other != node && other.heardAt(node.atNs()) && together(node, other) && kind.test(other)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The number of other nodes to compare this one with. It includes nodes whose backlog is read more slowly. A node
     * that may have connected blocks unseen counts only if it is ahead.
     *
     * @param most stops counting there
     */
    public int toCompareWith(FleetNode node, int most) {
        int others = 0;
        for (FleetNode other : counting) {
            if (others == most) {
                break;
            }
            boolean known = other.heardAt(node.atNs()) && (other.tipKnown() || other.height() > node.height());
            others += other != node && together(node, other) && (known || node.awaits(other)) ? 1 : 0;
        }
        return others;
    }

    FleetNode take(NodeDigest digest) {
        Section<FleetNode> section = node(digest.getNode(), digest.getAtNs());
        section.value().take(digest);
        section.changed(true);
        count(section.value());
        return section.value();
    }

    private void count(FleetNode node) {
        if (node.counts()) {
            counting.add(node);
        } else {
            counting.remove(node);
        }
    }

    private Section<FleetNode> node(String name, long nowNs) {
        Section<FleetNode> known = nodes.get(name);
        if (known != null) {
            return known;
        }
        forgetThoseGone(nowNs);
        Section<FleetNode> added = Section.load(() -> new FleetNode(name), section -> null, null);
        nodes.put(name, added);
        removed.remove(section(name));
        names.value().known.add(name);
        names.changed(true);
        return added;
    }

    /**
     * By the earlier of two times: that of the new node and that of the newest known node. One clock may be years
     * ahead.
     */
    private void forgetThoseGone(long nowNs) {
        long newestNs = nodes.values().stream().mapToLong(section -> section.value().atNs()).max().orElse(nowNs);
        long thenNs = Math.min(nowNs, newestNs) - FORGOTTEN_NS;
        nodes.values().stream().map(Section::value).filter(node -> node.atNs() < thenNs).toList().forEach(this::remove);
    }

    static String section(String name) {
        return "node/" + name;
    }

    void saveChanged(BiConsumer<String, byte[]> out, Faults faults) {
        names.saveChanged(out, faults);
        nodes.values().forEach(node -> node.saveChanged(out, faults));
        removed.forEach(out);
        removed.clear();
    }

    private static final class Names implements Stateful {
        private final Set<String> known = new LinkedHashSet<>();

        @Override
        public String section() {
            return "nodes";
        }

        @Override
        public void save(StateWriter out) {
            out.version(1).each(known, (name, to) -> to.text(name));
        }

        @Override
        public void restore(StateReader in) {
            in.version(1);
            in.each(from -> known.add(from.text()));
        }
    }
}
