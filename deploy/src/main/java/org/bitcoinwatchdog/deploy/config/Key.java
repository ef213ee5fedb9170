package org.bitcoinwatchdog.deploy.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The spelling of keys: {@code fleetLag} in Java is {@code fleet-lag} in the file. */
public final class Key {
    private Key() {
    }

    /**
     * {@code fleetLag} and {@code FleetLag} to {@code fleet-lag}, {@code SLOW_CHAIN} to {@code slow-chain}, and
     * {@code continue_}, as Java must spell its own words, to {@code continue}.
     */
    static String of(String name) {
        String javaName = name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
        if (javaName.equals(javaName.toUpperCase(Locale.ROOT))) {
            return javaName.toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return javaName.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-").toLowerCase(Locale.ROOT);
    }

    /** The known key that was probably meant: at most a third of its letters differ. */
    public static Optional<String> nearest(String key, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(key, candidate) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.<String>comparingInt(candidate -> distance(key, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's distance: letters to insert, delete or replace. */
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
