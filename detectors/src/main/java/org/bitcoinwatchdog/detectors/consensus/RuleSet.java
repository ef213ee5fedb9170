package org.bitcoinwatchdog.detectors.consensus;

import java.util.Arrays;
import org.bitcoinwatchdog.events.NodeSoftware;

/**
 * Software that enforces other consensus rules than Bitcoin Core.
 *
 * @param name           name of the rules: {@code BIP-110}
 * @param implementation as in {@code watchdog nodes}: {@code Knots}
 * @param from           first version that enforces them: {@code 29.3.0.knots20260508}
 */
public record RuleSet(String name, String implementation, String from) {
    public RuleSet {
        if (name.isBlank() || implementation.isBlank()) {
            throw new IllegalArgumentException("name and implementation must not be empty");
        }
        if (numbers(from).length == 0) {
            throw new IllegalArgumentException("from must be a version such as 29.3.0.knots20260508");
        }
    }

    boolean fits(NodeSoftware software) {
        return implementation.equals(software.implementation()) && compare(software.version(), from) >= 0;
    }

    /** Compares the numbers of two versions from left to right: 29.3.0.knots20260508 is below 29.4.1. */
    static int compare(String one, String other) {
        return Arrays.compare(numbers(one), numbers(other));
    }

    private static long[] numbers(String version) {
        return Arrays.stream(version.split("\\D+")).filter(number -> !number.isEmpty() && number.length() < 19)
                .mapToLong(Long::parseLong).toArray();
    }
}
