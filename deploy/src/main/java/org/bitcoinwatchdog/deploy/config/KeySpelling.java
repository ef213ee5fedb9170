package org.bitcoinwatchdog.deploy.config;

import java.util.Locale;

/** The spelling of keys: {@code fleetLag} in Java is {@code fleet-lag} in the file. */
final class KeySpelling {
    private KeySpelling() {
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
}
