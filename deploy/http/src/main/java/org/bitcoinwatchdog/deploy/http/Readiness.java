package org.bitcoinwatchdog.deploy.http;

import java.util.Optional;

/**
 * Whether something works now.
 *
 * @param detail one line for a person
 */
public record Readiness(boolean ready, String detail) {
    public static Readiness ready(String detail) {
        return new Readiness(true, detail);
    }

    public static Readiness notReady(String detail) {
        return new Readiness(false, detail);
    }

    /** @param obstacle what stands in the way, or nothing */
    public static Readiness of(Optional<String> obstacle) {
        return obstacle.map(Readiness::notReady).orElse(ready("ok"));
    }
}
