package org.bitcoinwatchdog.deploy.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Binds a node of a YAML tree to a Java type: records, sealed interfaces of records, lists, sets, maps, optionals and
 * {@linkplain Scalars scalars}; and, as {@code UnaryOperator<R>}, changes to a record. What does not fit is collected,
 * with its line, and binding goes on without it, so that one look at the file finds everything.
 */
final class Binder {
    private final Scalars scalars;
    private final Collections collections;
    private final Records records;
    private final Changes changes;

    Binder(Problems problems, Path folder, Origins origins) {
        this.changes = new Changes(this, problems, folder);
        this.scalars = new Scalars(problems, folder);
        this.collections = new Collections(this, problems);
        this.records = new Records(this, problems, origins);
    }

    /**
     * @param defaults for the keys that a mapping leaves out, where {@code type} is a record
     * @return the value; empty if a problem was reported
     */
    Optional<Object> bind(Node node, Type type, Optional<Object> defaults, KeyPath place) {
        if (type instanceof ParameterizedType generic) {
            return bindGeneric(node, generic, defaults, place);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord() && !Scalars.knows(plain)) {
            return records.bind(node, plain.asSubclass(Record.class), defaults, place);
        }
        if (plain.isSealed()) {
            return records.bindAlternative(node, plain, defaults, place);
        }
        return scalars.bind(node, plain, place);
    }

    private Optional<Object> bindGeneric(Node node, ParameterizedType type, Optional<Object> defaults, KeyPath place) {
        Type[] arguments = type.getActualTypeArguments();
        Class<?> raw = (Class<?>) type.getRawType();
        if (raw == Optional.class) {
            Optional<Object> inner = defaults.flatMap(value -> (Optional<?>) value);
            return bind(node, arguments[0], inner, place).map(Optional::of);
        }
        if (raw == List.class) {
            return collections.list(node, arguments[0], place);
        }
        if (raw == Set.class) {
            return collections.set(node, arguments[0], place);
        }
        if (Changes.isMapOf(type)) {
            return changes.map(node, type, defaults, place);
        }
        if (raw == Map.class && arguments[0] == String.class) {
            return collections.map(node, arguments[1], defaults, place);
        }
        throw new IllegalStateException("settings can't have a component of type " + type);
    }
}
