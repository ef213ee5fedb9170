package org.bitcoinwatchdog.deploy.config;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Binds lists, sets and maps with free keys. An element with a problem is left out. */
final class Collections {
    private final Binder binder;
    private final Problems problems;

    Collections(Binder binder, Problems problems) {
        this.binder = binder;
        this.problems = problems;
    }

    Optional<Object> list(Node node, Type element, KeyPath place) {
        return elements(node, element, place).map(List::copyOf);
    }

    Optional<Object> set(Node node, Type element, KeyPath place) {
        return elements(node, element, place)
                .map(elements -> java.util.Collections.unmodifiableSet(new LinkedHashSet<>(elements)));
    }

    /** A map in the file replaces a map of defaults as a whole, except that a record in it keeps its own defaults. */
    Optional<Object> map(Node node, Type value, Optional<Object> defaults, KeyPath place) {
        if (!(node instanceof MappingNode mapping)) {
            return problems.report(node, place, "expected a mapping (key: value)");
        }
        Map<?, ?> inherited = (Map<?, ?>) defaults.orElse(Map.of());
        Map<String, Object> bound = new LinkedHashMap<>();
        for (MappingEntry entry : MappingEntry.all(mapping, place, problems)) {
            Optional<Object> ofKey = Optional.ofNullable(inherited.get(entry.key()));
            binder.bind(entry.value(), value, ofKey, place.key(entry.key())).ifPresent(good -> bound.put(entry.key(), good));
        }
        return Optional.of(java.util.Collections.unmodifiableMap(bound));
    }

    private Optional<List<Object>> elements(Node node, Type element, KeyPath place) {
        if (!(node instanceof SequenceNode sequence)) {
            return problems.report(node, place, "expected a list");
        }
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < sequence.getValue().size(); i++) {
            binder.bind(sequence.getValue().get(i), element, Optional.empty(), place.element(i)).ifPresent(bound::add);
        }
        return Optional.of(bound);
    }
}
