package org.bitcoinwatchdog.deploy.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
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
        return "`" + ValueText.of(value).replace("\n", "\\n").replace("|", "\\|") + "`";
    }

    private static String plural(String type) {
        return Set.of("text", "path", "URL", "mapping").contains(type) ? type + "s" : type;
    }
}
