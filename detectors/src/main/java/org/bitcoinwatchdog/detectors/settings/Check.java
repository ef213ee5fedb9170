package org.bitcoinwatchdog.detectors.settings;

import java.time.Duration;

/** Checks of settings, with messages that name the key as the user wrote it. */
public final class Check {
    private Check() {
    }

    public static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " must be longer than 0");
        }
    }

    public static void notNegative(String key, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(key + " must not be negative");
        }
    }

    public static void atLeastOne(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be at least 1");
        }
    }

    public static void share(String key, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(key + " must be above 0 and at most 1");
        }
    }

    /** The threshold of a page must not be easier to reach than that of a warning. */
    public static <T extends Comparable<T>> void ordered(String lowerKey, T lower, String higherKey, T higher) {
        if (lower.compareTo(higher) > 0) {
            throw new IllegalArgumentException(lowerKey + " must not be above " + higherKey);
        }
    }
}
