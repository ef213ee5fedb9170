package org.bitcoinwatchdog.deploy.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.events.Network;
import org.bitcoinwatchdog.events.Spelling;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Binds single values. A relative path is meant from the configuration file's folder. */
final class Scalars {
    private interface Reader {
        /** @throws IllegalArgumentException if the text is not such a value */
        Object read(String text);
    }

    /** @param known the whole set of values, or the usual ones, to suggest the nearest */
    private record ScalarKind(String expected, Reader reader, Collection<String> known) {
        private ScalarKind(String expected, Reader reader) {
            this(expected, reader, List.of());
        }
    }

    private static final ScalarKind BOOLEAN = new ScalarKind("true or false", Scalars::bool);
    private static final ScalarKind INT = new ScalarKind("a whole number", Integer::valueOf);
    private static final ScalarKind LONG = new ScalarKind("a whole number", Long::valueOf);
    private static final ScalarKind DOUBLE = new ScalarKind("a number", Scalars::finite);
    private static final Map<Class<?>, ScalarKind> KINDS = Map.ofEntries(
            Map.entry(String.class, new ScalarKind("a text", text -> text)),
            Map.entry(boolean.class, BOOLEAN), Map.entry(Boolean.class, BOOLEAN),
            Map.entry(int.class, INT), Map.entry(Integer.class, INT),
            Map.entry(long.class, LONG), Map.entry(Long.class, LONG),
            Map.entry(double.class, DOUBLE), Map.entry(Double.class, DOUBLE),
            Map.entry(Duration.class, new ScalarKind("a duration such as 500ms, 60s, 10m, 4h or 14d", DurationText::parse)),
            Map.entry(Path.class, new ScalarKind("a path", Path::of)),
            Map.entry(URI.class, new ScalarKind("a URL", URI::create)),
            Map.entry(Network.class, new ScalarKind("a network (" + Network.KNOWN + ")", Network::new,
                    Network.CHAINS.stream().map(Network::name).toList())));

    private final Problems problems;
    private final Path folder;

    Scalars(Problems problems, Path folder) {
        this.problems = problems;
        this.folder = folder;
    }

    static boolean knows(Class<?> type) {
        return type.isEnum() || KINDS.containsKey(type);
    }

    Optional<Object> bind(Node node, Class<?> type, KeyPath place) {
        ScalarKind kind = type.isEnum() ? oneOf(type) : KINDS.get(type);
        if (kind == null) {
            throw new IllegalStateException("settings can't have a component of type " + type);
        }
        if (!(node instanceof ScalarNode scalar)) {
            return problems.report(node, place, "expected " + kind.expected());
        }
        if (scalar.getTag().equals(Tag.NULL)) {
            return problems.report(node, place, "has no value, expected " + kind.expected());
        }
        try {
            Object value = kind.reader().read(scalar.getValue());
            return Optional.of(value instanceof Path path ? folder.resolve(path) : value);
        } catch (IllegalArgumentException e) {
            return problems.report(node, place, "expected " + kind.expected() + ", found '" + shown(scalar) + "'"
                    + Spelling.nearest(scalar.getValue(), kind.known()).map(nearest -> ", did you mean " + nearest + "?").orElse(""));
        }
    }

    private static ScalarKind oneOf(Class<?> type) {
        Map<String, Object> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(constant -> KeySpelling.of(((Enum<?>) constant).name()), constant -> constant));
        String expected = "one of " + constants.keySet().stream().sorted().collect(Collectors.joining(", "));
        return new ScalarKind(expected, text -> {
            if (!constants.containsKey(text)) {
                throw new IllegalArgumentException();
            }
            return constants.get(text);
        }, constants.keySet());
    }

    private static Object bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Object finite(String text) {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    /** Repeats only the first characters of a wrong value: it may be a secret in the place of a file name. */
    private static String shown(ScalarNode scalar) {
        String text = scalar.getValue();
        return text.length() <= 24 ? text : text.substring(0, 20) + " ...";
    }
}
