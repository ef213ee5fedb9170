package org.bitcoinwatchdog.deploy.http;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that must work for the process to do its job.
 *
 * @param problem says what stands in the way, or nothing; is asked for each request and must answer at once
 */
public record ReadinessCheck(String name, Supplier<Optional<String>> problem) {
    Optional<String> obstacle() {
        return problem.get();
    }
}
