package org.bitcoinwatchdog.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * One measured value of an alert's evidence, with its threshold if it has one.
 *
 * @param name      in kebab-case: {@code discarded-entries}
 * @param value     the measured value
 * @param threshold the value from which the rule fires; null if the value only informs
 * @param unit      {@code seconds}, {@code entries}, {@code ratio}, {@code peers}, {@code blocks} …
 */
public record Measurement(
        String name, double value, @JsonInclude(JsonInclude.Include.NON_NULL) Double threshold, String unit) {
    public Measurement {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(unit, "unit");
    }

    /** A value that is compared with a threshold. */
    public static Measurement against(String name, double value, double threshold, String unit) {
        return new Measurement(name, value, threshold, unit);
    }

    /** A value that only informs. */
    public static Measurement of(String name, double value, String unit) {
        return new Measurement(name, value, null, unit);
    }
}
