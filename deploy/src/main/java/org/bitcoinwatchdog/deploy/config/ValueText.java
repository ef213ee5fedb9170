package org.bitcoinwatchdog.deploy.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Settings as a user writes them in the file. */
public final class ValueText {
    private ValueText() {
    }

    /** The keys of a record of settings with their values, in the record's order. */
    public static Map<String, String> keys(Record settings) {
        Map<String, String> keys = new LinkedHashMap<>();
        Arrays.stream(settings.getClass().getRecordComponents()).forEach(component ->
                keys.put(KeySpelling.of(component.getName()), of(Reflection.read(component, settings))));
        return keys;
    }

    static String of(Object value) {
        if (value instanceof Duration duration) {
            return duration(duration);
        }
        if (value instanceof Double number) {
            return new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        if (value instanceof Collection<?> list) {
            return "[" + list.stream().map(ValueText::of).collect(Collectors.joining(", ")) + "]";
        }
        if (value instanceof Record record) {
            return keys(record).entrySet().stream().filter(entry -> !entry.getValue().isEmpty())
                    .map(entry -> entry.getKey() + ": " + entry.getValue()).collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(ValueText::of).orElse("");
        }
        return value instanceof Enum<?> constant ? KeySpelling.of(constant.name()) : value.toString();
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
}
