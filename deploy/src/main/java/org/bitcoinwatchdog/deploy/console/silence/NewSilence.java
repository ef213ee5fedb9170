package org.bitcoinwatchdog.deploy.console.silence;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A silence that someone asks for on the page.
 *
 * @param durationS seconds from now for which it is to hold
 */
public record NewSilence(List<SilenceView.Matcher> matchers, String author, String comment, long durationS) {
    private static final Set<String> OPERATORS = Set.of("=", "!=", "=~", "!~");
    private static final long LONGEST_S = 366 * 86_400L;
    private static final int MATCHERS = 20;

    public NewSilence {
        if (matchers == null || matchers.isEmpty() || matchers.size() > MATCHERS) {
            throw new IllegalArgumentException("a silence has 1 to " + MATCHERS + " matchers");
        }
        matchers = List.copyOf(matchers);
        matchers.forEach(NewSilence::check);
        if (matchers.stream().allMatch(NewSilence::matchesEmpty)) {
            throw new IllegalArgumentException("these matchers would silence every alert: name one by its value");
        }
        requireText("author", author, 100);
        requireText("comment", comment, 1_000);
        if (durationS < 60 || durationS > LONGEST_S) {
            throw new IllegalArgumentException("a silence holds for a minute to a year");
        }
    }

    private static void check(SilenceView.Matcher matcher) {
        requireText("label", matcher.label(), 100);
        if (!OPERATORS.contains(matcher.operator())) {
            throw new IllegalArgumentException("an operator is one of =, !=, =~, !~");
        }
        if (matcher.value() == null || matcher.value().length() > 500) {
            throw new IllegalArgumentException("a value has at most 500 characters");
        }
        if (matcher.operator().endsWith("~")) {
            try {
                Pattern.compile(matcher.value());
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("the value of " + matcher.label() + " is no regular expression: "
                        + e.getDescription());
            }
        }
    }

    /** Alertmanager refuses a silence of which every matcher matches the empty value: it would hold for nearly everything. */
    private static boolean matchesEmpty(SilenceView.Matcher matcher) {
        return switch (matcher.operator()) {
            case "=" -> matcher.value().isEmpty();
            case "!=" -> !matcher.value().isEmpty();
            case "=~" -> Pattern.matches(matcher.value(), "");
            default -> !Pattern.matches(matcher.value(), "");
        };
    }

    private static void requireText(String what, String text, int longest) {
        if (text == null || text.isBlank() || text.length() > longest) {
            throw new IllegalArgumentException("a silence has a " + what + " of at most " + longest + " characters");
        }
    }
}
