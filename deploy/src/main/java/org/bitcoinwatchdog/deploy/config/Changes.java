package org.bitcoinwatchdog.deploy.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.deploy.config.ConfigurationException.Problem;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Binds a {@code Map<K, UnaryOperator<R>>}: by name, some keys of a record that are different there. K is a text or
 * another scalar. The keys that
 * are there are bound again onto each record that an operator is applied to, so that changes can be laid over changes.
 */
final class Changes {
    private final Binder binder;
    private final Problems problems;
    private final Path folder;

    Changes(Binder binder, Problems problems, Path folder) {
        this.binder = binder;
        this.problems = problems;
        this.folder = folder;
    }

    static boolean isMapOf(Type type) {
        return type instanceof ParameterizedType map && map.getRawType() == Map.class
                && map.getActualTypeArguments()[1] instanceof ParameterizedType value && value.getRawType() == UnaryOperator.class;
    }

    /** @param general onto which each is bound once, so that what is wrong in it is found with everything else */
    Optional<Object> map(Node node, ParameterizedType type, Optional<Object> general, KeyPath place) {
        if (!(node instanceof MappingNode mapping)) {
            return problems.report(node, place, "expected a mapping (key: value)");
        }
        Class<?> names = (Class<?>) type.getActualTypeArguments()[0];
        Type record = ((ParameterizedType) type.getActualTypeArguments()[1]).getActualTypeArguments()[0];
        Map<Object, Object> bound = new LinkedHashMap<>();
        int entries = 0;
        for (MappingEntry entry : MappingEntry.all(mapping, place, problems)) {
            entries++;
            KeyPath of = place.key(entry.key());
            Optional<Object> name = binder.bind(entry.keyNode(), names, Optional.empty(), of);
            Optional<Object> changed = binder.bind(entry.value(), record, general, of);
            if (name.isPresent() && changed.isPresent()) {
                bound.put(name.get(), operator(entry.value(), record, of));
            }
        }
        return bound.size() == entries ? Optional.of(java.util.Collections.unmodifiableMap(bound)) : Optional.empty();
    }

    private UnaryOperator<Object> operator(Node node, Type record, KeyPath place) {
        return base -> {
            Problems again = new Problems();
            Optional<Object> changed = new Binder(again, folder, new Origins()).bind(node, record, Optional.of(base), place);
            return changed.filter(good -> again.all().isEmpty())
                    .orElseThrow(() -> new IllegalArgumentException(
                            again.all().stream().map(Problem::toString).collect(Collectors.joining("; "))));
        };
    }
}
