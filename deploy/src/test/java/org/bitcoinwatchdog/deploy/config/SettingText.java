package org.bitcoinwatchdog.deploy.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.events.Network;

/** Types and values of settings, as written in the file. */
final class SettingText {
    private static final Map<Class<?>, String> SCALARS = Map.ofEntries(Map.entry(String.class, "text"),
            Map.entry(boolean.class, "true or false"), Map.entry(Boolean.class, "true or false"),
            Map.entry(int.class, "whole number"), Map.entry(Integer.class, "whole number"), Map.entry(long.class, "whole number"), Map.entry(double.class, "number"),
            Map.entry(Duration.class, "duration"), Map.entry(Path.class, "path"), Map.entry(URI.class, "URL"),
            Map.entry(Network.class, "network"));

    private SettingText() {
    }

    static String type(Type type) {
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            Type[] of = generic.getActualTypeArguments();
            if (raw == Optional.class) {
                return type(of[0]);
            }
            if (Changes.isMapOf(type)) {
                return "keys of this section, by name";
            }
            return raw == List.class || raw == Set.class ? "list of " + plural(type(of[0])) : "texts by name";
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord() && !SCALARS.containsKey(plain) || plain.isSealed()) {
            return "mapping";
        }
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants()).map(constant -> "`" + KeySpelling.of(((Enum<?>) constant).name()) + "`")
                    .collect(Collectors.joining(", "));
        }
        return Optional.ofNullable(SCALARS.get(plain)).orElseThrow(() -> new IllegalStateException("what is " + plain + " called?"));
    }

    /** The value as written in the file; empty if there is none. */
    static String value(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(SettingText::value).orElse("");
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? "" : "`" + map + "`";
        }
        return "`" + bare(value).replace("\n", "\\n").replace("|", "\\|") + "`";
    }

    private static String bare(Object value) {
        if (value instanceof Duration duration) {
            return duration(duration);
        }
        if (value instanceof Double number) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        if (value instanceof Collection<?> list) {
            return "[" + list.stream().map(SettingText::bare).collect(Collectors.joining(", ")) + "]";
        }
        if (value instanceof Record record) {
            return record(record);
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(SettingText::bare).orElse("");
        }
        return value instanceof Enum<?> constant ? KeySpelling.of(constant.name()) : value.toString();
    }

    private static String record(Record record) {
        return Arrays.stream(record.getClass().getRecordComponents())
                .map(component -> Map.entry(component, Reflection.read(component, record)))
                .filter(entry -> !entry.getValue().equals(Optional.empty()))
                .map(entry -> KeySpelling.of(entry.getKey().getName()) + ": " + bare(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** In the largest unit without a fraction; less than two days in hours. */
    private static String duration(Duration duration) {
        long ms = duration.toMillis();
        if (ms % 1_000 != 0) {
            return ms + "ms";
        }
        long s = ms / 1_000;
        if (s % 86_400 == 0 && s > 86_400) {
            return s / 86_400 + "d";
        }
        return s == 0 ? "0s" : s % 3_600 == 0 ? s / 3_600 + "h" : s % 60 == 0 ? s / 60 + "m" : s + "s";
    }

    private static String plural(String type) {
        return Set.of("text", "path", "URL", "mapping").contains(type) ? type + "s" : type;
    }
}
