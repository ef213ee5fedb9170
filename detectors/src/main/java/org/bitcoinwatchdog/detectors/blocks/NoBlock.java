package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.settings.Check;

/** A network on which no node has connected a block for longer than chance explains. */
public final class NoBlock {
    /**
     * @param budgetPeriod     one false alarm is expected in this time
     * @param expectedInterval mean time between blocks, until {@code minBlocks} were seen
     * @param shortestInterval the least that a measured mean is taken for
     * @param longestInterval  the most that a measured mean is taken for
     * @param minBlocks        intervals from which the mean is measured
     */
    public record Settings(
            boolean enabled, Duration budgetPeriod, Duration expectedInterval, Duration shortestInterval,
            Duration longestInterval, int minBlocks) {
        public Settings {
            Check.positive("shortest-interval", shortestInterval);
            Check.ordered("shortest-interval", shortestInterval, "expected-interval", expectedInterval);
            Check.ordered("expected-interval", expectedInterval, "longest-interval", longestInterval);
            Check.atLeastOne("min-blocks", minBlocks);
            if (budgetPeriod.compareTo(longestInterval.multipliedBy(10)) < 0) {
                throw new IllegalArgumentException("budget-period must be at least 10 times longest-interval");
            }
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofDays(365), Duration.ofSeconds(600), Duration.ofSeconds(480),
                    Duration.ofSeconds(900), 144);
        }
    }
}
