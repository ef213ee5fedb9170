package org.bitcoinwatchdog.detectors.evaluation.benign;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;

/**
 * A hardship that must stay quiet.
 *
 * @param lasts    how long the case goes on after a day of plain background
 * @param truthful alert names that speak the truth here, and so are no false alarm
 */
public record BenignCase(String name, Duration lasts, Set<String> truthful, Function<TimeSpan, Disturbance> makes) {
    static BenignCase of(String name, Duration lasts, Function<TimeSpan, Disturbance> makes) {
        return new BenignCase(name, lasts, Set.of(), makes);
    }
}
