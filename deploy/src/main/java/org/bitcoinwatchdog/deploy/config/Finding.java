package org.bitcoinwatchdog.deploy.config;

import java.util.List;

/**
 * Something about settings that were bound.
 *
 * @param at      the record that it is about
 * @param keys    the way from the record to the value, such as {@code match, severity}; empty: the record itself
 * @param message what is wrong and what to do
 * @param error   whether the watchdog would refuse it, or never do what it says; else it is a warning
 */
public record Finding(Object at, List<String> keys, String message, boolean error) {
    public static Finding error(Object at, String message, String... keys) {
        return new Finding(at, List.of(keys), message, true);
    }

    public static Finding warning(Object at, String message, String... keys) {
        return new Finding(at, List.of(keys), message, false);
    }
}
