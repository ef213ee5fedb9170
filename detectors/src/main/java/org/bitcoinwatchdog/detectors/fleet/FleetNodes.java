package org.bitcoinwatchdog.detectors.fleet;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.state.Section;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.detectors.state.Trouble;
import org.bitcoinwatchdog.detectors.state.WriteBack;

/** The nodes of one network, each in a section of its own, so that a digest writes one node and not a thousand. */
public final class FleetNodes implements WriteBack {
    private static final long FORGOTTEN_NS = Duration.ofDays(30).toNanos();

    private final Map<String, Section<FleetNode>> nodes = new LinkedHashMap<>();
    private final Map<String, byte[]> removed = new LinkedHashMap<>();
    private final Section<Names> names;

    FleetNodes(Function<String, byte[]> stored, Trouble trouble) {
        names = Section.load(Names::new, stored, trouble);
        names.value().known.forEach(name ->
                nodes.put(name, Section.load(() -> new FleetNode(name), stored, trouble)));
    }

    public Stream<FleetNode> all() {
        return nodes.values().stream().map(Section::value);
    }

    public Optional<FleetNode> find(String name) {
        return Optional.ofNullable(nodes.get(name)).map(Section::value);
    }

    /** The nodes with whom this one can be compared at its time: running, at the tip, and not silent. */
    public Stream<FleetNode> comparableWith(FleetNode node) {
        return all().filter(other -> other != node && other.counts() && other.heardAt(node.atNs()));
    }

    /** How many others there are to compare this one with, those included of whom more is to be read first. */
    public int toCompareWith(FleetNode node) {
        return (int) all().filter(other -> other != node && other.counts())
                .filter(other -> other.heardAt(node.atNs()) || node.awaits(other)).count();
    }

    Section<FleetNode> node(String name, long nowNs) {
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

    private void forgetThoseGone(long nowNs) {
        nodes.values().removeIf(section -> {
            FleetNode node = section.value();
            boolean gone = nowNs - node.atNs() > FORGOTTEN_NS;
            if (gone) {
                removed.put(node.section(), null);
                names.value().known.remove(node.name());
            }
            return gone;
        });
    }

    static String section(String name) {
        return "node/" + name;
    }

    @Override
    public void saveChanged(BiConsumer<String, byte[]> out) {
        names.saveChanged(out);
        nodes.values().forEach(node -> node.saveChanged(out));
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
