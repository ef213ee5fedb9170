package org.bitcoinwatchdog.alerts.matching;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Objects;

/**
 * Compares one label, as in Alertmanager: {@code node="alice"}, {@code alertname=~"Fleet.*"}. A label that an alert does not have
 * is empty. A regular expression is one of RE2 and matches the whole value.
 */
public record Matcher(String label, Operator operator, String value) {
    private static final java.util.regex.Pattern LABEL = java.util.regex.Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final java.util.regex.Pattern TEXT =
            java.util.regex.Pattern.compile("\\s*([^\\s=!~]+)\\s*(=~|!~|!=|=)\\s*(.*?)\\s*", java.util.regex.Pattern.DOTALL);
    private static final int LONGEST_VALUE = 500;
    /** The largest size of a compiled expression. Nested repeats multiply their sizes. */
    private static final int LARGEST_PROGRAM = 10_000;
    private static final java.util.regex.Pattern REPEAT = java.util.regex.Pattern.compile("\\{(\\d*),?(\\d*)}");

    public Matcher {
        Objects.requireNonNull(operator, "operator");
        if (label == null || !LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException("the name of a label consists of letters, digits and '_', not '" + label + "'");
        }
        if (value == null || value.length() > LONGEST_VALUE) {
            throw new IllegalArgumentException("the value of " + label + " has at most " + LONGEST_VALUE + " characters");
        }
        if (operator.isRegex()) {
            compile(label, value);
        }
    }

    /**
     * Reads {@code node=alice}, {@code node="alice"}, {@code alertname=~"Fleet.*|NoBlock"} and so on.
     *
     * @throws IllegalArgumentException if the text is not a matcher, with a message for the user
     */
    public static Matcher parse(String text) {
        java.util.regex.Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a matcher such as node=\"alice\" or alertname=~\"Fleet.*\"");
        }
        return new Matcher(parts.group(1), Operator.of(parts.group(2)), unquoted(parts.group(3)));
    }

    /** In the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return label + operator.symbol() + "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    Pattern pattern() {
        return compile(label, value);
    }

    private static Pattern compile(String label, String value) {
        // RE2 unrolls {n,m}, and the size of its program limits the time to match. So the size is limited before compiling.
        long size = Math.max(1, value.length());
        java.util.regex.Matcher repeats = REPEAT.matcher(value);
        while (repeats.find()) {
            size *= Math.max(times(repeats.group(1)), Math.max(1, times(repeats.group(2))));
            if (size > LARGEST_PROGRAM * 10L) {
                throw new IllegalArgumentException("the value of " + label + " repeats too much");
            }
        }
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "the value of " + label + " is not a regular expression of RE2: " + e.getDescription(), e);
        }
    }

    private static int times(String digits) {
        return digits.isEmpty() || digits.length() > 6 ? digits.length() * LARGEST_PROGRAM : Integer.parseInt(digits);
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        return value.substring(1, value.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
