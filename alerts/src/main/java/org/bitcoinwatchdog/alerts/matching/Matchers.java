package org.bitcoinwatchdog.alerts.matching;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Several {@link Matcher}s, compiled. An alert matches if it matches all of them. */
public final class Matchers {
    private record Test(String label, Predicate<String> value) {
        boolean passes(Map<String, String> labels) {
            return value.test(labels.getOrDefault(label, ""));
        }
    }

    private final List<Test> tests;

    public Matchers(List<Matcher> matchers) {
        tests = matchers.stream().map(Matchers::test).toList();
    }

    public boolean match(Map<String, String> labels) {
        for (Test test : tests) {
            if (!test.passes(labels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether an alert without any of the labels matches. */
    public boolean matchNothing() {
        return match(Map.of());
    }

    private static Test test(Matcher matcher) {
        Predicate<String> positive;
        if (matcher.operator().isRegex()) {
            Pattern pattern = matcher.pattern();
            positive = value -> pattern.matcher(value).matches();
        } else {
            positive = matcher.value()::equals;
        }
        return new Test(matcher.label(), matcher.operator().isNegative() ? positive.negate() : positive);
    }
}
