package org.bitcoinwatchdog.deploy.http;

import java.util.function.Supplier;

/**
 * One thing that must work for the process to do its job.
 *
 * @param state is asked for each request and must answer at once
 */
public record ReadinessCheck(String name, Supplier<Readiness> state) {
}
