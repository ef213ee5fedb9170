package org.bitcoinwatchdog.deploy.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.settings.SettingsByKey;
import org.bitcoinwatchdog.events.Spelling;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Binds a mapping to a record, component by component, or to the record of a sealed interface that its type names. */
final class Records {
    private static final String TYPE = "type";

    private final Binder binder;
    private final Problems problems;
    private final Origins origins;

    Records(Binder binder, Problems problems, Origins origins) {
        this.binder = binder;
        this.problems = problems;
        this.origins = origins;
    }

    Optional<Object> bind(Node node, Class<? extends Record> type, Optional<Object> defaults, KeyPath place) {
        if (isNull(node) && defaults.isPresent()) {
            return defaults; // a section whose keys are all commented out
        }
        return mapping(node, place).flatMap(mapping -> bind(mapping, type, defaults, Set.of(), place));
    }

    /** The key {@code type} chooses among the permitted records by their names in kebab-case. */
    Optional<Object> bindAlternative(Node node, Class<?> sealed, Optional<Object> defaults, KeyPath place) {
        return mapping(node, place).flatMap(mapping -> {
            Map<String, Class<?>> permitted = Arrays.stream(sealed.getPermittedSubclasses())
                    .collect(Collectors.toMap(
                            type -> KeySpelling.of(type.getSimpleName()), type -> type, (a, b) -> a, LinkedHashMap::new));
            Optional<Node> chosen = mapping.getValue().stream()
                    .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(TYPE))
                    .map(tuple -> tuple.getValueNode())
                    .findFirst();
            if (chosen.isEmpty()) {
                return problems.report(node, place, "the key type is missing, one of: " + String.join(", ", permitted.keySet()));
            }
            String name = chosen.get() instanceof ScalarNode scalar ? scalar.getValue() : "";
            Class<?> type = permitted.get(name);
            if (type == null) {
                return problems.report(chosen.get(), place.key(TYPE),
                        "unknown type " + quoted(name) + suggestion(name, permitted.keySet()));
            }
            return bind(mapping, type.asSubclass(Record.class), defaults.filter(type::isInstance), Set.of(TYPE), place);
        });
    }

    private Optional<Object> bind(MappingNode mapping, Class<? extends Record> type, Optional<Object> inherited,
            Set<String> ignored, KeyPath place) {
        Optional<Object> defaults = inherited.or(() -> ownDefaults(type));
        Map<String, MappingEntry> entries = entries(mapping, place);
        ignored.forEach(entries::remove);
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        int bound = 0;
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String key = KeySpelling.of(component.getName());
            if (component.getType() == SettingsByKey.class) {
                SettingsByKey byDefault = (SettingsByKey) Reflection.read(component, defaults.orElseThrow());
                Optional<Object> all = byKey(entries, byDefault, place);
                values[i] = all.orElse(byDefault);
                bound += all.isPresent() ? 1 : 0;
                continue;
            }
            // Settings for some networks or nodes are bound last, on top of the general ones.
            MappingEntry entry = Changes.isMapOf(component.getGenericType()) ? null : entries.remove(key);
            Optional<Object> value = entry == null
                    ? absent(mapping, component, defaults, place)
                    : present(entry, component, defaults, place);
            values[i] = value.or(() -> spare(component, defaults)).orElse(null);
            bound += value.isPresent() ? 1 : 0;
        }
        boolean constructible = Arrays.stream(values).allMatch(Objects::nonNull);
        boolean good = bound == values.length && bindChanges(mapping, type, values, entries, place) == values.length;
        refuse(entries, keys(components, defaults), place);
        Optional<Object> made = good ? construct(mapping, type, values, place)
                : constructible ? constructQuietly(type, values) : Optional.empty();
        made.ifPresent(record -> origins.put(record, mapping, place));
        return made;
    }

    /** Takes the entries of its keys, and binds each to the record, or to the settings by key, that it has by default. */
    private Optional<Object> byKey(Map<String, MappingEntry> entries, SettingsByKey defaults, KeyPath place) {
        SettingsByKey all = defaults;
        boolean good = true;
        for (Map.Entry<String, Object> byDefault : defaults.values().entrySet()) {
            MappingEntry entry = entries.remove(byDefault.getKey());
            if (entry != null && !isNull(entry.value())) {
                Optional<Object> value = byKey(entry.value(), byDefault.getValue(), place.key(entry.key()));
                good &= value.isPresent();
                all = value.isPresent() ? all.with(entry.key(), value.get()) : all;
            }
        }
        return good ? Optional.of(all) : Optional.empty();
    }

    private Optional<Object> byKey(Node node, Object defaults, KeyPath place) {
        if (!(defaults instanceof SettingsByKey nested)) {
            return bind(node, defaults.getClass().asSubclass(Record.class), Optional.of(defaults), place);
        }
        return mapping(node, place).flatMap(mapping -> {
            Map<String, MappingEntry> entries = entries(mapping, place);
            Optional<Object> all = byKey(entries, nested, place);
            refuse(entries, nested.values().keySet(), place);
            return all;
        });
    }

    private Map<String, MappingEntry> entries(MappingNode mapping, KeyPath place) {
        Map<String, MappingEntry> entries = new HashMap<>();
        MappingEntry.all(mapping, place, problems).forEach(entry -> entries.put(entry.key(), entry));
        return entries;
    }

    private static Collection<String> keys(RecordComponent[] components, Optional<Object> defaults) {
        return Arrays.stream(components).flatMap(component -> component.getType() == SettingsByKey.class
                ? ((SettingsByKey) Reflection.read(component, defaults.orElseThrow())).values().keySet().stream()
                : Stream.of(KeySpelling.of(component.getName()))).toList();
    }

    private void refuse(Map<String, MappingEntry> unknown, Collection<String> known, KeyPath place) {
        unknown.values().forEach(each -> problems.report(each.keyNode(), place.key(each.key()),
                "unknown key" + suggestion(each.key(), known)));
    }

    /** In place of a value with a problem. */
    private static Optional<Object> spare(RecordComponent component, Optional<Object> defaults) {
        return defaults.map(record -> Reflection.read(component, record))
                .or(() -> component.getType() == Optional.class ? Optional.of(Optional.empty()) : Optional.empty());
    }

    /** With spare values in it: that they don't fit the others is not the user's fault. */
    private static Optional<Object> constructQuietly(Class<? extends Record> type, Object[] values) {
        try {
            return Optional.of(Reflection.construct(type, values));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return Optional.empty();
            }
            throw new IllegalStateException(type + " could not be made from its settings", e.getCause());
        }
    }

    /** @return how many components are good */
    private int bindChanges(Node at, Class<? extends Record> type, Object[] values, Map<String, MappingEntry> entries, KeyPath place) {
        RecordComponent[] components = type.getRecordComponents();
        int good = values.length;
        for (int i = 0; i < components.length; i++) {
            MappingEntry entry = Changes.isMapOf(components[i].getGenericType()) ? entries.remove(KeySpelling.of(components[i].getName())) : null;
            if (entry != null) {
                java.lang.reflect.Type ofChanges = components[i].getGenericType();
                Optional<Object> general = construct(at, type, values, place);
                Optional<Object> changes = general.flatMap(base -> isNull(entry.value()) ? Optional.of(Map.of())
                        : binder.bind(entry.value(), ofChanges, general, place.key(entry.key())));
                values[i] = changes.orElse(Map.of());
                good -= changes.isPresent() ? 0 : 1;
            }
        }
        return good;
    }

    private Optional<Object> present(MappingEntry entry, RecordComponent component, Optional<Object> defaults, KeyPath place) {
        Optional<Object> ofComponent = defaults.map(record -> Reflection.read(component, record));
        if (isNull(entry.value()) && ofComponent.isPresent() && !Scalars.knows(component.getType())) {
            return ofComponent;
        }
        return binder.bind(entry.value(), component.getGenericType(), ofComponent, place.key(entry.key()));
    }

    private Optional<Object> absent(Node at, RecordComponent component, Optional<Object> defaults, KeyPath place) {
        if (defaults.isPresent()) {
            return Optional.of(Reflection.read(component, defaults.get()));
        }
        if (component.getType() == Optional.class) {
            return Optional.of(Optional.empty());
        }
        return problems.report(at, place, "the key " + KeySpelling.of(component.getName()) + " is missing");
    }

    private Optional<Object> construct(Node at, Class<? extends Record> type, Object[] values, KeyPath place) {
        try {
            return Optional.of(Reflection.construct(type, values));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                return problems.report(at, place, refused.getMessage());
            }
            throw new IllegalStateException(type + " could not be made from its settings", e.getCause());
        }
    }

    private Optional<MappingNode> mapping(Node node, KeyPath place) {
        return node instanceof MappingNode mapping
                ? Optional.of(mapping)
                : problems.report(node, place, "expected a mapping (key: value)");
    }

    private static Optional<Object> ownDefaults(Class<? extends Record> type) {
        return Reflection.defaults(type);
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String suggestion(String key, Collection<String> known) {
        return Spelling.nearest(key, known)
                .map(nearest -> ", did you mean " + nearest + "?")
                .orElse(known.isEmpty() ? "" : ", known are: " + String.join(", ", known));
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}
